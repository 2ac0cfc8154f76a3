/** What the page needs from whatever shows it: answers, notices, and a place to keep its state. */
import type { PageAnswer, PageNotice, PageRequest } from '#server/protocol.ts';

/** A request before it has a number. */
export type PageQuestion = PageRequest extends infer Request ? (Request extends { readonly id: number } ? Omit<Request, 'id'> : never) : never;

export interface Host {
    /** Never rejects: what went wrong is an answer, too. */
    readonly ask: (question: PageQuestion) => Promise<PageAnswer>;
    readonly onNotice: (listener: (notice: PageNotice) => void) => void;
    readonly readState: () => unknown;
    readonly writeState: (state: object) => void;
}
