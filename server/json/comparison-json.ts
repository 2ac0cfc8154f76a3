/** A comparison as JSON: units and manners of the result contract; its keys are documented in docs/compare.md. */
import type { Comparison, Fit, Way, WayFigures, WayFit } from '#simulation/comparison/comparison.ts';
import type { ComparedSelection } from '../comparison/compare-selection.ts';
import { jsonNumber, jsonObject, jsonRows, jsonValue } from './json-text.ts';

export interface ComparisonReport extends ComparedSelection {
    readonly file: string;
    /** Canonical paths, with replica numbers where only some are selected. */
    readonly selection: readonly string[];
}

/** Deterministic: the same text gives the same bytes. */
export function comparisonJson({ file, selection, comparison, sources }: ComparisonReport): Generator<string> {
    return jsonObject([
        ['format', jsonValue(1)],
        ['file', jsonValue(file)],
        ['selection', jsonValue(selection)],
        ...(comparison.host === undefined ? [] : [['host', jsonValue(comparison.host)] as const]),
        ['workloads', jsonRows(comparison.workloads.map(workloadRow))],
        ['ways', jsonRows(comparison.ways.map(wayRow))],
        ['sources', jsonRows(sources.map(({ figure, source }) => ({ figure, source })))],
    ]);
}

function workloadRow({ element, name, replicas, family, isKnown }: Comparison['workloads'][number]): object {
    return { path: element, name, replicas, family, known: isKnown };
}

function wayRow(way: Way): object {
    return way.kind === 'impossible' ? { way: way.name, possible: false, because: way.because } : { way: way.name, possible: true, ...figureRow(way.figures) };
}

function figureRow({ hosts, memory, disk, cpu, ready, fit, idle, kernels, wall, crash }: WayFigures): object {
    return {
        hosts,
        memory: numbers({ ...memory }),
        disk: numbers({ used: disk.used, systems: disk.systems, images: disk.used - disk.systems }),
        cpu: numbers({ granted: cpu.granted, overhead: cpu.overhead, 'overhead-share': cpu.overheadShare }),
        ready: numbers({ at: ready.at, start: ready.start }),
        ...(fit === undefined ? {} : { fit: fitRow(fit) }),
        idle: numbers({ cpu: idle.cpu, memory: idle.memory, 'in-guests': idle.inGuests }),
        kernels,
        boundary: wall.wall,
        because: wall.because,
        crash: { falls: crash.falls, of: crash.of, kernel: crash.isHost ? 'host' : 'own' },
    };
}

function fitRow({ memory, cpu }: WayFit): object {
    return {
        memory: numbers({ used: count(memory.used), committed: count(memory.committed) }),
        cpu: numbers({ used: count(cpu.used), committed: count(cpu.committed) }),
    };
}

/** What has no bound, or is unknown, is an absent key. */
const count = (fit: Fit): number | undefined => (typeof fit === 'number' ? fit : undefined);

function numbers(figures: Readonly<Record<string, number | undefined>>): object {
    return Object.fromEntries(Object.entries(figures).map(([key, figure]) => [key, jsonNumber(figure)]));
}
