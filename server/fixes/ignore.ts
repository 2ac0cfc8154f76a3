/** Comments that ignore what is no longer there. */
import { removeOffsets } from './edits.ts';
import type { Fix, FixInput, FixRule } from './fix.ts';

export const removeIgnore: FixRule = {
    codes: ['unused-ignore'],
    *fixes({ finding, sourceOf }: FixInput): Generator<Fix> {
        const source = sourceOf(finding.at.uri);
        if (source !== undefined) {
            const { text, document } = source;
            const start = text.lastIndexOf('//', document.textDocument.offsetAt(finding.at.start));
            const length = /^[^\r\n]*/.exec(text.slice(start))?.[0].length ?? 0;
            yield { title: 'Remove the comment', edits: [removeOffsets(source, start, start + length)], isPreferred: true };
        }
    },
};
