/** Links in Markdown from what is named in an explanation to where it stands in a text. */
import { type Target, targetKey } from '#language/occurrences.ts';
import type { SourceRange } from '#language/origins.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Understanding } from '../understanding.ts';
import { codeSpan, escapeMarkdown } from './markdown.ts';

/** Each gives Markdown: a link where the place is known, else the words alone. */
export interface Links {
    readonly element: (id: ElementId, shown?: string) => string;
    /** To a statement of an element; to the words alone where nobody wrote it. */
    readonly statement: (id: ElementId, key: string, words: string) => string;
    readonly definition: (target: Target, words: string) => string;
}

export function linksInto({ lowered }: Understanding, spelling: (uri: string) => string): Links {
    const { elements } = lowered.origins;
    return {
        element: (id, shown = id) => link(codeSpan(shown), elements.get(id)?.name, spelling),
        statement: (id, key, words) => link(escapeMarkdown(words), elements.get(id)?.statements.get(key), spelling),
        definition: (target, words) => {
            const found = lowered.occurrences.byTarget.get(targetKey(target))?.find(({ role }) => role === 'definition');
            return link(escapeMarkdown(words), found?.at, spelling);
        },
    };
}

/** Lines and columns of such a link count from 1. */
function link(words: string, place: SourceRange | undefined, spelling: (uri: string) => string): string {
    if (place === undefined) {
        return words;
    }
    const address = spelling(place.uri).replaceAll(/[()<>\s\\]/g, (mark) => encodeURIComponent(mark).replace('(', '%28').replace(')', '%29'));
    return `[${words}](${address}#L${place.start.line + 1},${place.start.character + 1})`;
}
