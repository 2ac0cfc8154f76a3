/** What completion proposes, before it becomes the protocol's item. */
import type { SourceRange } from '#language/origins.ts';

export interface Proposal {
    readonly label: string;
    readonly kind: 'statement' | 'element' | 'snippet' | 'unit' | 'word' | 'definition' | 'metric' | 'function';
    /** What is inserted where it is not the label. */
    readonly insert?: string;
    /** The insertion has tab stops. */
    readonly isSnippet?: true;
    /** What is matched against the typed text where it is not the label. */
    readonly filter?: string;
    readonly detail?: string;
    /** Plain text, escaped when shown. */
    readonly documentation?: string;
    /** Where it is defined: its documentation is read there once somebody looks at it. */
    readonly definedAt?: SourceRange;
}
