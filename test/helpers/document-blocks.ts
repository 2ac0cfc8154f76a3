/** The blocks of code in the documentation, each with what its fence says of it. */
import { files, read } from './repository.ts';

export interface Block {
    /** As `docs/editor.md:12`: the line on which its text begins. */
    readonly place: string;
    readonly document: string;
    readonly language: string;
    /** What stands behind the language: `fragment`, or the name of the file that the block is. */
    readonly note: string;
    readonly text: string;
}

/** At the top, in docs/ (decisions included), and the pages of the walkthrough. */
export const documents: readonly string[] = files.filter((file) => /^[^/]+\.md$|^docs\/.*\.md$|^client\/walkthrough\/.*\.md$/.test(file));

export const blocks: readonly Block[] = documents.flatMap(blocksOf);

function blocksOf(document: string): readonly Block[] {
    const text = read(document);
    return [...text.matchAll(/^ *```([^\s`]*) *([^\n`]*)\n([\s\S]*?)^ *```$/gm)].map((match) => {
        const [, language = '', note = '', code = ''] = match;
        const line = text.slice(0, match.index).split('\n').length + 1;
        return { place: `${document}:${line}`, document, language, note: note.trim(), text: code };
    });
}
