/** Every feature of the language server. */
import { completion } from './completion.ts';
import { definition } from './definition.ts';
import { diagnostics } from './diagnostics.ts';
import { documentHighlight } from './document-highlight.ts';
import type { Feature } from './feature.ts';
import { folding } from './folding.ts';
import { references } from './references.ts';
import { rename } from './rename.ts';
import { symbols } from './symbols.ts';

export const features: readonly Feature[] = [diagnostics, completion, definition, references, documentHighlight, rename, symbols, folding];
