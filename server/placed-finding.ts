/** Findings with their place in the text: what the language and the core said, in one shape for diagnostics, command line and JSON. */
import type { ElementOrigin, Origins, Problem, SourceRange } from '#language/origins.ts';
import type { Facts, Finding, Severity } from '#simulation/model/finding.ts';
import type { ElementId, InstancePath } from '#simulation/model/ids.ts';
import type { Topology } from '#simulation/model/topology.ts';
import type { Seconds } from '#simulation/model/units.ts';

export interface PlacedFinding {
    readonly code: string;
    readonly severity: Severity;
    readonly message: string;
    readonly facts: Facts;
    readonly at: SourceRange;
    readonly related: readonly { readonly at: SourceRange; readonly message: string }[];
    readonly subject?: ElementId;
    /** The replica of the subject that is meant; absent where all are alike. */
    readonly instance?: InstancePath;
    readonly scenario?: string;
    readonly time?: Seconds;
}

export function placeProblem(problem: Problem): PlacedFinding {
    const { code, severity, message, facts, at, related } = problem;
    return { code, severity, message, facts, at, related };
}

/** `start` is where a finding stands that is about the topology as a whole. */
export function placeFinding(finding: Finding, topology: Topology, origins: Origins, start: SourceRange): PlacedFinding {
    const { code, severity, message, facts, subject, instance, scenario, at: time } = finding;
    return {
        code,
        severity,
        message,
        facts,
        at:
            expectationRange(finding, origins) ??
            (subject && elementRange(subject, finding.statement, topology, origins)) ??
            scenarioRange(finding, origins) ??
            start,
        related: finding.related.flatMap((cause) => {
            const at = elementRange(cause.subject, cause.statement, topology, origins);
            return at === undefined ? [] : [{ at, message: cause.message }];
        }),
        ...(subject !== undefined && { subject }),
        ...(instance !== undefined && { instance }),
        ...(scenario !== undefined && { scenario }),
        ...(time !== undefined && { time }),
    };
}

/** The statement where it is written, else the name; of what the product added itself, the nearest ancestor's name. */
export function elementRange(id: ElementId, statement: string | undefined, topology: Topology, origins: Origins): SourceRange | undefined {
    const own = origins.elements.get(id);
    if (own !== undefined) {
        return (statement === undefined ? undefined : own.statements.get(statement)) ?? own.name;
    }
    return nearestOrigin(id, topology, origins)?.name;
}

function nearestOrigin(id: ElementId, topology: Topology, origins: Origins): ElementOrigin | undefined {
    for (let next: ElementId | undefined = id; next !== undefined; next = topology.elements.get(next)?.parent) {
        const origin = origins.elements.get(next);
        if (origin !== undefined) {
            return origin;
        }
    }
    return undefined;
}

function expectationRange(finding: Finding, origins: Origins): SourceRange | undefined {
    if (finding.expectation === undefined) {
        return undefined;
    }
    const ranges = finding.scenario === undefined ? origins.expectations : origins.scenarios.get(finding.scenario)?.expectations;
    return ranges?.[finding.expectation];
}

function scenarioRange({ scenario }: Finding, origins: Origins): SourceRange | undefined {
    return scenario === undefined ? undefined : origins.scenarios.get(scenario)?.name;
}
