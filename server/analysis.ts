/** The one way from texts to findings, for editor and command line: understood, simulated, and every finding put in its place. */

import type { CancellationToken } from 'vscode-languageserver';
import type { Check } from '#language/checks/check.ts';
import type { SourceRange } from '#language/origins.ts';
import type { Result } from '#simulation/model/result.ts';
import { simulationFailed, simulationLate } from './checks.ts';
import { applyIgnores } from './ignores.ts';
import { type PlacedFinding, placeFinding, placeProblem } from './placed-finding.ts';
import type { SimulationOutcome, Simulator } from './simulation-channel.ts';
import type { Understanding } from './understanding.ts';

export interface Analysis extends Understanding {
    /** Absent where the simulation did not come to an end; a finding says why. */
    readonly result?: Result;
    /** Of the language and of the core, in the order of the text, file by file. */
    readonly findings: readonly PlacedFinding[];
    readonly milliseconds: number;
}

/** Nothing where the texts became out of date meanwhile. */
export async function analyse(understanding: Understanding, simulator: Simulator, token: CancellationToken): Promise<Analysis | undefined> {
    const outcome = await simulator.simulate(understanding.lowered.topology, token);
    if (outcome.kind === 'cancelled' || token.isCancellationRequested) {
        return undefined;
    }
    const found = [...understanding.lowered.problems.map(placeProblem), ...simulated(understanding, outcome)];
    const findings = inOrder(applyIgnores(found, understanding.sources, outcome.kind === 'done' ? 'whole' : 'partial'), understanding);
    if (outcome.kind === 'done') {
        return { ...understanding, result: outcome.result, findings, milliseconds: outcome.milliseconds };
    }
    return { ...understanding, findings, milliseconds: 0 };
}

function simulated({ root, lowered }: Understanding, outcome: Exclude<SimulationOutcome, { kind: 'cancelled' }>): readonly PlacedFinding[] {
    const start: SourceRange = { uri: root, start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    switch (outcome.kind) {
        case 'done':
            return [...outcome.result.findings.map((finding) => placeFinding(finding, outcome.result.topology, lowered.origins, start))];
        case 'late':
            return [
                trouble(
                    simulationLate,
                    start,
                    `The simulation took more than ${outcome.seconds} s and was given up, so nothing is known of who gets what. Fewer different elements, or replicas in place of copies, make it faster.`,
                ),
            ];
        case 'failed':
            return [trouble(simulationFailed, start, `The simulation broke, which is a bug in Strata and not in this text: ${firstLine(outcome.because)}`)];
        default:
            return outcome satisfies never;
    }
}

function trouble({ code, severity }: Check, at: SourceRange, message: string): PlacedFinding {
    return { code, severity, message, facts: {}, at, related: [] };
}

/** The root first, then the other files; in each by position. One saying at one place is said once. */
function inOrder(findings: readonly PlacedFinding[], { root, sources }: Understanding): readonly PlacedFinding[] {
    const files = [root, ...sources.map(({ uri }) => uri).filter((uri) => uri !== root)];
    const rank = new Map(files.map((uri, index) => [uri, index]));
    const seen = new Set<string>();
    return findings
        .filter((finding) => {
            const identity = JSON.stringify([finding.code, finding.at, finding.message, finding.subject]);
            return !seen.has(identity) && seen.add(identity);
        })
        .sort(
            (a, b) =>
                (rank.get(a.at.uri) ?? files.length) - (rank.get(b.at.uri) ?? files.length) ||
                a.at.start.line - b.at.start.line ||
                a.at.start.character - b.at.start.character,
        );
}

function firstLine(text: string): string {
    return text.split('\n', 1)[0] ?? '';
}
