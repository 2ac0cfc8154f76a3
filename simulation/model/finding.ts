/** What the core has to say about a topology: structured until the last step, so that fixes can read the facts. */
import type { ElementId, InstancePath } from './ids.ts';
import type { Seconds } from './units.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Numbers and names in base units that a quick fix needs; documented by each check. */
export type Facts = Readonly<Record<string, number | string | boolean | readonly string[]>>;

export interface Finding {
    readonly code: string;
    readonly severity: Severity;
    /** Absent where a finding is about the whole topology. */
    readonly subject?: ElementId;
    /** The replica of the subject that is meant, or the first of several; absent where all are alike. */
    readonly instance?: InstancePath;
    /** The statement of the subject that is meant, as in `memory limit`; absent: its name. */
    readonly statement?: string;
    /** What is wrong with the numbers, then what would fix it. */
    readonly message: string;
    readonly facts: Facts;
    /** The chain of causes, most important first. */
    readonly related: readonly { readonly subject: ElementId; readonly statement?: string; readonly message: string }[];
    readonly scenario?: string;
    /** Index of the failed expectation, in the scenario's list where `scenario` is given. */
    readonly expectation?: number;
    readonly at?: Seconds;
}
