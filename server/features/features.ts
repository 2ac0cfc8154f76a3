/** Every feature of the language server. */
import { catalog } from './catalog.ts';
import { codeActions } from './code-actions.ts';
import { codeLens } from './code-lens.ts';
import { compare } from './compare.ts';
import { completion } from './completion.ts';
import { definition } from './definition.ts';
import { diagnostics } from './diagnostics.ts';
import { documentHighlight } from './document-highlight.ts';
import { documentLinks } from './document-links.ts';
import { expectations } from './expectations.ts';
import type { Feature } from './feature.ts';
import { folding } from './folding.ts';
import { formatting } from './formatting.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlay-hints.ts';
import { limits } from './limits.ts';
import { preview } from './preview.ts';
import { pullDiagnostics } from './pull-diagnostics.ts';
import { references } from './references.ts';
import { rename } from './rename.ts';
import { renameFiles } from './rename-files.ts';
import { selectionRange } from './selection-range.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { signatureHelp } from './signature-help.ts';
import { summary } from './summary.ts';
import { symbols } from './symbols.ts';
import { tree } from './tree.ts';
import { typeDefinition } from './type-definition.ts';

export const features: readonly Feature[] = [
    diagnostics,
    pullDiagnostics,
    hover,
    inlayHints,
    codeLens,
    completion,
    signatureHelp,
    definition,
    typeDefinition,
    references,
    documentHighlight,
    rename,
    renameFiles,
    symbols,
    semanticTokens,
    documentLinks,
    folding,
    selectionRange,
    formatting,
    codeActions,
    compare,
    limits,
    preview,
    expectations,
    tree,
    summary,
    catalog,
];
