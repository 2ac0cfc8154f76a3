/** Findings that are new, and those that are gone. Failed expectations are not among them: they have rows of their own. */

import { append } from '#simulation/model/append.ts';
import type { Result } from '#simulation/model/result.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import type { ElementMatch } from './match-elements.ts';

export interface FindingDifferences {
    /** Of the side after. */
    readonly appeared: readonly PlacedFinding[];
    /** Of the side before. */
    readonly gone: readonly PlacedFinding[];
}

interface Found {
    readonly result: Result;
    readonly findings: readonly PlacedFinding[];
}

/** A finding is the same where it is of the same code, about the same element, however its figures read and wherever its line stands. */
export function findingDifferences(before: Found, after: Found, { was }: ElementMatch): FindingDifferences {
    const earlier = new Map<string, PlacedFinding[]>();
    for (const finding of ownFindings(before)) {
        append(earlier, identity(finding, finding.subject), finding);
    }
    const appeared = ownFindings(after).filter((finding) => {
        const subject = finding.subject === undefined ? undefined : (was.get(finding.subject) ?? finding.subject);
        return earlier.get(identity(finding, subject))?.shift() === undefined;
    });
    return { appeared, gone: [...earlier.values()].flat() };
}

function ownFindings({ findings }: Found): readonly PlacedFinding[] {
    return findings.filter(({ code }) => code !== 'expectation-failed' && code !== 'expectation-unjudged');
}

/** What is about no element is told by its words. */
function identity({ code, scenario, message }: PlacedFinding, subject: string | undefined): string {
    return JSON.stringify([code, scenario, subject ?? message, subject === undefined]);
}
