/** What every check of the language says about itself; the documentation of the checks is made from it. */
import type { Severity } from '#simulation/model/finding.ts';

export interface Check {
    readonly code: string;
    readonly severity: Severity;
    /** The rule in a few words: `must` is an error, `should` a warning. */
    readonly title: string;
    /** Why, and what to do, in a few sentences of Markdown. */
    readonly explanation: string;
    /** The facts of its problems, for quick fixes. */
    readonly facts: Readonly<Record<string, string>>;
}
