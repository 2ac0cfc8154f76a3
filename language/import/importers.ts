/** Every importer, in the order of the documentation. */
import { compose } from './compose/compose.ts';
import type { Importer } from './importer.ts';

export const importers: readonly Importer[] = [compose];

export const importerNamed = (name: string): Importer | undefined => importers.find((importer) => importer.name === name);
