/** A comparison as rows of words: one column a way, one row a figure, the seven questions as headings. */
import type { Comparison, Fit, Way, WayFigures, WayName } from '#simulation/comparison/comparison.ts';
import { showFigure, showShare } from '../explain/figures.ts';

export interface ComparisonTable {
    readonly title: string;
    readonly columns: readonly string[];
    readonly groups: readonly RowGroup[];
    /** Why a way is not possible; under the table. */
    readonly impossible: readonly string[];
    readonly notes: readonly string[];
}

export interface RowGroup {
    readonly question: string;
    readonly rows: readonly { readonly label: string; readonly cells: readonly string[] }[];
}

export const wayTitles: Readonly<Record<WayName, string>> = {
    bare: 'bare hosts',
    vms: 'VMs',
    containers: 'containers',
    gvisor: 'gVisor',
    kata: 'Kata',
    firecracker: 'Firecracker',
};

export function comparisonTable(comparison: Comparison): ComparisonTable {
    const { workloads, host, ways } = comparison;
    const names = workloads.map(({ name, replicas }) => (replicas === 1 ? name : `${name} × ${replicas}`));
    return {
        title: `${shortened(names, ', ')} on ${host ?? 'no host'}`,
        columns: ways.map(({ name }) => wayTitles[name]),
        groups: groups.map(({ question, rows }) => ({
            question,
            rows: rows.map(({ label, figure }) => ({ label, cells: ways.map((way) => cellOf(way, figure)) })),
        })),
        impossible: ways.flatMap((way) => (way.kind === 'possible' ? [] : [`${wayTitles[way.name]}: ${shortened(way.because, '; ')}`])),
        notes: notesOf(comparison),
    };
}

/** A list that stays readable however much is selected. */
function shortened(list: readonly string[], between: string): string {
    const shown = list.slice(0, mostListed).join(between);
    return list.length > mostListed ? `${shown} and ${list.length - mostListed} more` : shown;
}

const mostListed = 5;

/** What is not known is a question mark; what makes no sense is a dash. */
type Figure = (figures: WayFigures) => string | undefined;

function cellOf(way: Way, figure: Figure): string {
    return way.kind === 'impossible' ? 'cannot run' : (figure(way.figures) ?? '?');
}

const memory = (value: number | undefined): string | undefined => (value === undefined ? undefined : showFigure(value, 'memory'));
const time = (value: number | undefined): string | undefined => (value === undefined ? undefined : showFigure(value, 'time'));
const cpu = (value: number | undefined): string | undefined => (value === undefined ? undefined : showFigure(value, 'cpu'));
const copies = (value: Fit | undefined): string | undefined =>
    value === undefined ? 'one host each' : value === 'unknown' ? undefined : value === 'unbounded' ? 'no bound' : String(value);

const groups: readonly { readonly question: string; readonly rows: readonly { readonly label: string; readonly figure: Figure }[] }[] = [
    {
        question: 'Memory and disk',
        rows: [
            { label: 'hosts', figure: ({ hosts }) => String(hosts) },
            { label: 'workloads themselves', figure: (way) => memory(way.memory.workloads) },
            { label: 'operating systems', figure: (way) => memory(way.memory.systems) },
            { label: 'virtualisation', figure: (way) => memory(way.memory.virtualisation) },
            { label: 'engines and runtimes', figure: (way) => memory(way.memory.containers) },
            { label: 'memory used in all', figure: (way) => memory(way.memory.used) },
            { label: 'may come to use', figure: (way) => memory(way.memory.committed) },
            { label: 'disk: systems', figure: ({ disk }) => memory(disk.systems) },
            { label: 'disk: images', figure: ({ disk }) => memory(disk.used - disk.systems) },
        ],
    },
    {
        question: 'CPU overhead',
        rows: [
            {
                label: 'on top of the work',
                figure: ({ cpu: { overhead, overheadShare } }) => (overheadShare === undefined ? cpu(overhead) : showShare(overheadShare)),
            },
        ],
    },
    {
        question: 'Time to ready',
        rows: [
            { label: 'from power-on', figure: ({ ready }) => time(ready.at) },
            { label: 'on a running host', figure: ({ ready, fit: fits }) => (fits === undefined ? '–' : time(ready.start)) },
        ],
    },
    {
        question: 'Copies that fit on the host',
        rows: [
            { label: 'memory, as used', figure: (way) => copies(way.fit?.memory.used) },
            { label: 'memory, as promised', figure: (way) => copies(way.fit?.memory.committed) },
            { label: 'CPU, as used', figure: (way) => copies(way.fit?.cpu.used) },
            { label: 'CPU, as promised', figure: (way) => copies(way.fit?.cpu.committed) },
        ],
    },
    {
        question: 'Idle capacity',
        rows: [
            { label: 'CPU', figure: ({ idle }) => cpu(idle.cpu) },
            { label: 'memory', figure: ({ idle }) => memory(idle.memory) },
            { label: 'free inside guests', figure: ({ idle }) => memory(idle.inGuests) },
        ],
    },
    {
        question: 'Kernels',
        rows: [
            { label: 'kernels', figure: ({ kernels }) => `${kernels.count} ${kernels.families.join(', ')}`.trim() },
            { label: 'runs programs for', figure: ({ kernels }) => (kernels.runs.length > 3 ? 'any system' : kernels.runs.join(', ')) },
        ],
    },
    {
        question: 'Isolation',
        rows: [
            { label: 'wall between any two', figure: ({ wall }) => wall.wall },
            { label: 'fall with a kernel', figure: ({ crash }) => `${crash.falls} of ${crash.of}` },
        ],
    },
];

/** What the usual tutorial leaves out, and what these figures rest on. */
function notesOf({ workloads, ways }: Comparison): readonly string[] {
    const unknown = workloads.filter(({ isKnown }) => !isKnown).map(({ name }) => name);
    const isPossible = (name: WayName): boolean => ways.some((way) => way.name === name && way.kind === 'possible');
    return [
        ...(unknown.length === 0
            ? []
            : [`Nothing says what ${shortened(unknown, ', ')} ${unknown.length === 1 ? 'uses' : 'use'}, so figures that depend on it are unknown (?), not 0.`]),
        'Containers share one kernel; none is allocated to each. Starting one takes no memory from the host but what its processes touch and its runtime needs; a limit is a ceiling, not a share.',
        'A VM can do several heavy things because of its size, not because it has an operating system of its own. What a guest has touched it keeps, used or not.',
        ...(isPossible('gvisor') ? ["If gVisor's own kernel crashes, only its container falls; the count is for the host's kernel, which stays shared."] : []),
        'The sizes of VMs are those they have now, where the workload has one to itself; else just large enough. Programs outside images take disk that nobody declared and that is not counted.',
    ];
}
