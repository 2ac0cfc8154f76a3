/** The texts that tests of the language run on: the examples, the catalog, and the blocks of the language's description. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Example {
    readonly name: string;
    readonly text: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const strataFiles = (folder: string): readonly Example[] =>
    readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.strata'))
        .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') }));

export const examples: readonly Example[] = strataFiles('examples');
export const catalogFiles: readonly Example[] = strataFiles('language/catalog');
/** The language's description as our own copies: one file a block. */
export const languageFiles: readonly Example[] = strataFiles('test/language/constructs');

/** The blocks of Strata in the documentation that users read. */
export const documentationBlocks: readonly Example[] = ['README.md', 'docs/language.md'].flatMap((page) =>
    blocksOf(page, readFileSync(join(root, page), 'utf8')),
);

/** The contract beside the repository, which is not part of it. */
const contract = join(root, '../shared/design/language.md');
export const contractBlocks: readonly Example[] = existsSync(contract) ? blocksOf('contract', readFileSync(contract, 'utf8')) : [];

function blocksOf(page: string, text: string): readonly Example[] {
    return [...text.matchAll(/```strata(?: [\w.-]+\.strata)?\n([\s\S]*?)```/g)].map((match, index) => ({
        name: `block ${index + 1} of ${page}`,
        text: match[1] ?? '',
    }));
}
