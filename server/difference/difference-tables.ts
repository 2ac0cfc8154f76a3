/** A difference in words: tables of plain cells, for a terminal and for a page. */

import type { Judgement } from '#simulation/model/expectation.ts';
import { figure, percentFigure } from '#simulation/model/figures.ts';
import { judgedFigure } from '#simulation/model/judged-figure.ts';
import { fateText } from '../explain/run-fate.ts';
import type { Difference } from './difference.ts';
import { type ElementDifference, type FigureDifference, type FigureName, figureKinds } from './element-differences.ts';
import { failsNow } from './expectation-differences.ts';

export interface DifferenceTable {
    readonly title: string;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
    /** What the rows leave out. */
    readonly note?: string;
}

/** Those that have rows, what matters most first. */
export function differenceTables(difference: Difference): readonly DifferenceTable[] {
    return [expectations(difference), findings(difference), allocation(difference), walls(difference), reach(difference), lives(difference)].filter(
        ({ rows, note }) => rows.length > 0 || note !== undefined,
    );
}

/** In one line, what there is to look at. */
export function differenceSummary({
    elements,
    walls: { rows: walled },
    reach: { rows: reached },
    lives: lived,
    findings: found,
    expectations: expected,
}: Difference): string {
    const failing = expected.filter(failsNow).length;
    const errors = found.appeared.filter(({ severity }) => severity === 'error').length;
    const counts = [
        some(failing, 'expectation fails now', 'expectations fail now'),
        some(errors, 'new error'),
        some(found.appeared.length - errors, 'other new finding'),
        some(found.gone.length, 'finding gone', 'findings gone'),
        some(elements.length, 'element changed', 'elements changed'),
        some(walled.length, 'wall changed', 'walls changed'),
        some(reached.length, 'reach changed', 'reaches changed'),
        some(lived.length, 'fate in a scenario changed', 'fates in scenarios changed'),
    ].flat();
    return counts.length === 0 ? 'No difference' : counts.join(', ');
}

function some(count: number, singular: string, plural = `${singular}s`): readonly string[] {
    return count === 0 ? [] : [`${count} ${count === 1 ? singular : plural}`];
}

function expectations({ expectations: rows }: Difference): DifferenceTable {
    return {
        title: 'Expectations',
        columns: ['expect', 'before', 'after'],
        rows: rows.map(({ text, scenario, before, after }) => [scenario === undefined ? text : `${scenario}: ${text}`, judged(before), judged(after)]),
    };
}

function judged(judgement: Judgement | undefined): string {
    if (judgement === undefined) {
        return absent;
    }
    const found = judgedFigure(judgement) ?? judgement.because ?? judgement.evidence;
    const verdict = judgement.unjudged === true ? 'not judged' : judgement.holds ? 'holds' : 'fails';
    return found === undefined ? verdict : `${verdict} (${found})`;
}

function findings({ findings: { appeared, gone } }: Difference): DifferenceTable {
    const row = (change: string) => (finding: Difference['findings']['gone'][number]) => [
        change,
        `${finding.severity} ${finding.code}`,
        finding.subject ?? '',
        finding.message,
    ];
    return { title: 'Findings', columns: ['', 'finding', 'element', 'message'], rows: [...appeared.map(row('new')), ...gone.map(row('gone'))] };
}

function allocation({ elements }: Difference): DifferenceTable {
    return { title: 'Allocation', columns: ['element', 'figure', 'before', 'after'], rows: elements.flatMap(elementRows) };
}

/** Of what has come or gone, only how many there are and what they take is shown. */
function isTaken({ name, before, after }: FigureDifference): boolean {
    return name === 'cpu.granted' || name === 'memory.used' || (name === 'replicas' && (before ?? after) !== 1);
}

function elementRows(difference: ElementDifference): readonly (readonly string[])[] {
    const { kind, path, was, element, kernel } = difference;
    const shown = kind === 'changed' ? difference.figures : difference.figures.filter(isTaken);
    const rows = [
        ...(kind === 'changed' ? [] : [['', element.before ?? absent, element.after ?? absent]]),
        ...(was === undefined ? [] : [['path', was, path]]),
        ...(kind === 'changed' && element.before !== element.after ? [['kind', element.before ?? absent, element.after ?? absent]] : []),
        ...(kernel === undefined ? [] : [['kernel', kernel.before ?? absent, kernel.after ?? absent]]),
        ...shown.map((change) => [labels[change.name], shownFigure(change, 'before'), shownFigure(change, 'after')]),
    ];
    // A path stands once, before the first of its rows.
    return rows.map((row, place) => [place === 0 ? path : '', ...(place === 0 && kind !== 'changed' ? [kind, ...row.slice(1)] : row)]);
}

const labels: Readonly<Record<FigureName, string>> = {
    replicas: 'replicas',
    'cpu.capacity': 'CPU capacity',
    'cpu.limit': 'CPU limit',
    'cpu.demand': 'CPU demand',
    'cpu.granted': 'CPU granted',
    'cpu.throttled': 'CPU throttled',
    'cpu.contended': 'CPU contended',
    'cpu.headroom': 'CPU headroom',
    'cpu.overcommit': 'CPU overcommit',
    'memory.capacity': 'memory capacity',
    'memory.limit': 'memory limit',
    'memory.used': 'memory used',
    'memory.committed': 'memory committed',
    'memory.headroom': 'memory headroom',
    'memory.overcommit': 'memory overcommit',
    'disk.capacity': 'disk capacity',
    'disk.used': 'disk used',
    'disk.headroom': 'disk headroom',
    'io.granted': 'disk traffic',
    'network.granted': 'network traffic',
    'ready-at': 'ready at',
};

function shownFigure(change: FigureDifference, side: 'before' | 'after'): string {
    const value = change[side];
    const kind = figureKinds[change.name];
    if (value === undefined) {
        return absent;
    }
    return kind === 'share' ? percentFigure(value) : figure(value, kind === 'count' ? 'number' : kind);
}

function walls({ walls: { rows, isComplete } }: Difference): DifferenceTable {
    return {
        title: 'Walls',
        columns: ['between', 'before', 'after', 'because'],
        rows: rows.map(({ between, a, b, before, after, because }) => [
            between === 'replicas' ? `replicas of ${listed(a)}` : a === b || a.join() === b.join() ? listed(a) : `${listed(a)} and ${listed(b)}`,
            before,
            after,
            because,
        ]),
        ...(!isComplete && { note: 'There are too many workloads to compare all walls between them.' }),
    };
}

function reach({ reach: { rows, isComplete } }: Difference): DifferenceTable {
    const needs = (value: string | undefined): string => (value === undefined ? 'no way' : value === 'none' ? 'nothing to break' : `a ${value} wall`);
    return {
        title: 'Reach',
        columns: ['from', 'to', 'before', 'after', 'via'],
        rows: rows.map(({ from, to, before, after, via }) => [from, listed(to), needs(before), needs(after), via.join(', then ')]),
        ...(!isComplete && { note: 'There are too many workloads to compare who reaches whom.' }),
    };
}

function lives({ lives: rows }: Difference): DifferenceTable {
    return {
        title: 'Scenarios',
        columns: ['scenario', 'element', 'before', 'after'],
        rows: rows.map(({ scenario, path, before, after }) => [scenario, path, fateText(before), fateText(after)]),
    };
}

/** What one side has not. */
const absent = '–';
const mostListed = 4;

function listed(paths: readonly string[]): string {
    const more = paths.length - mostListed;
    return more > 0 ? `${paths.slice(0, mostListed).join(', ')} and ${more} more` : paths.join(', ');
}
