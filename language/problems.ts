/** What the language has to say, collected over a topology: each problem once, however often a template is used. */
import type { Facts } from '#simulation/model/finding.ts';
import type { Check } from './checks/check.ts';
import type { Occurrence } from './occurrences.ts';
import type { Problem, SourceRange } from './origins.ts';

/** A problem before it is filed: the check says how bad it is. */
export interface ProblemDraft {
    readonly at: SourceRange;
    readonly message: string;
    readonly facts?: Facts;
    readonly related?: Problem['related'];
}

export type Report = (check: Check, draft: ProblemDraft) => void;

export class ProblemList {
    private readonly problems = new Map<string, Problem>();

    readonly report: Report = (check, { at, message, facts = {}, related = [] }) => {
        const key = `${at.uri} ${at.start.line}:${at.start.character}-${at.end.line}:${at.end.character} ${check.code}`;
        if (!this.problems.has(key)) {
            this.problems.set(key, { code: check.code, severity: check.severity, at, message, facts, related });
        }
    };

    copyTo(other: ProblemList): void {
        for (const [key, problem] of this.problems) {
            if (!other.problems.has(key)) {
                other.problems.set(key, problem);
            }
        }
    }

    /** In the order of files, then of the text. */
    all(): readonly Problem[] {
        return [...this.problems.values()].sort(
            (a, b) =>
                compare(a.at.uri, b.at.uri) || a.at.start.line - b.at.start.line || a.at.start.character - b.at.start.character || compare(a.code, b.code),
        );
    }
}

/** What is found in one piece of the text: problems, and where names stand. */
export class Collected {
    readonly problems = new ProblemList();
    readonly occurrences: Occurrence[] = [];
    readonly report: Report = this.problems.report;
    readonly record = (occurrence: Occurrence): void => void this.occurrences.push(occurrence);

    /** Takes over what was found elsewhere. */
    add({ problems, occurrences }: Collected): void {
        problems.copyTo(this.problems);
        for (const occurrence of occurrences) {
            this.occurrences.push(occurrence);
        }
    }
}

/** For values that were checked before: says nothing again. */
export const silent: Report = () => undefined;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
