/** Finish times by another simulator (SimGrid), as Strata text and beside what a scenario's run gives. */
import { existsSync, readFileSync } from 'node:fs';
import type { Run } from '#simulation/model/timeline.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { simulate } from '#simulation/simulate.ts';
import { firstPathOf } from '#simulation/timeline/read-run.ts';
import { lowerText } from '../helpers/strata.ts';

/** The reference cases are not part of the project: they lie beside it where they are at hand. */
export const simgridCasesFile = new URL('../../../shared/truth/simgrid.json', import.meta.url);
export const simgridCasesAreThere = existsSync(simgridCasesFile);

interface Task {
    readonly id: string;
    readonly on: string;
    readonly start: number;
    readonly weight: number;
    /** In flop/s. */
    readonly cap: number | null;
    readonly chain: readonly number[];
    readonly threads?: number;
}

export interface SimgridCase {
    readonly name: string;
    readonly hosts: readonly { readonly name: string; readonly cores: number; readonly speeds: readonly number[] }[];
    readonly vms?: readonly { readonly name: string; readonly host: string; readonly vcpus: number; readonly bound: number | null }[];
    readonly tasks: readonly Task[];
    readonly events?: readonly { readonly at: number; readonly op: string; readonly target: string; readonly value: number | string | null }[];
    /** By task: when each link of its chain ends. */
    readonly finish: Readonly<Record<string, readonly number[]>>;
}

export interface FinishComparison {
    readonly name: string;
    readonly task: string;
    readonly link: number;
    readonly expected: number;
    readonly computed: number;
}

export function loadSimgridCases(): readonly SimgridCase[] {
    return (JSON.parse(readFileSync(simgridCasesFile, 'utf8')) as { readonly cases: readonly SimgridCase[] }).cases;
}

/**
 * Why a case asks for what the two models define differently; nothing where they agree. SimGrid weighs a VM by its active threads, Strata once; a core of Strata's has
 * one speed for ever.
 */
export function differsIn({ hosts, vms = [], tasks, events = [] }: SimgridCase): string | undefined {
    if (new Set(hosts.flatMap(({ speeds }) => speeds)).size > 1) return 'cores of several speeds';
    for (const { name, cores } of hosts) {
        const guests = vms.filter(({ host }) => host === name);
        const beside = guests.length + tasks.filter(({ on }) => on === name).length;
        const weights = guests.map((vm) =>
            Math.min(
                vm.vcpus,
                tasks.filter(({ on }) => on === vm.name).reduce((sum, { threads = 1 }) => sum + threads, 0),
            ),
        );
        const areShort = weights.reduce((sum, weight) => sum + weight, 0) > cores;
        if (guests.length > 0 && beside > guests.length) return 'a VM beside tasks';
        if (areShort && new Set(weights.filter((weight) => weight > 0)).size > 1) return 'VMs of unlike weight that compete';
    }
    return events.some(({ op }) => op === 'kill' || op === 'destroy' || op === 'suspend' || op === 'resume') ? 'a step of another kind' : undefined;
}

/** As the page of the reference cases says: a task is a process with a phase for each link, in a slice with its weight and cap. */
export function simgridCaseText({ hosts, vms = [], tasks, events = [] }: SimgridCase): string {
    const speed = hosts[0]?.speeds[0] ?? 1;
    const sliceOf = ({ id, weight, cap, chain, threads = 1, start }: Task): string => {
        const phases = chain
            .map((work, link) => `phase l${link} { work ${decimal((work * threads) / speed)} core-s  cpu ${threads} cores  threads ${threads} }`)
            .join('\n      ');
        const limit = cap === null ? '' : `cpu limit ${decimal((cap * threads) / speed)} cores`;
        return `slice ${id} {\n    cpu weight ${decimal(weight * threads * 100)}\n    ${limit}\n    process p {\n      ${start > 0 ? 'autostart off' : ''}\n      ${phases}\n    }\n  }`;
    };
    const inside = (place: string): string =>
        tasks
            .filter(({ on }) => on === place)
            .map(sliceOf)
            .join('\n  ');
    const guests = (host: string): string =>
        vms
            .filter((vm) => vm.host === host)
            .map(
                ({ name, vcpus, bound }) =>
                    `vm ${name} {\n  vcpus ${vcpus}\n  memory 1 GiB\n  boot 0 s\n  os linux\n  ${bound === null ? '' : `cpu limit ${decimal(bound / speed)} cores`}\n  ${inside(name)}\n  }`,
            )
            .join('\n  ');
    const machines = hosts.map(
        ({ name, cores }) =>
            `host ${name} {\n  cpu ${cores} cores\n  memory 24 GiB\n  boot 0 s\n  os linux\n  ${inside(name)}\n  ${vms.length === 0 ? '' : `hypervisor kvm {\n  overhead cpu 0 %\n  boot 0 s\n  overcommit cpu 100\n  ${guests(name)}\n  }`}\n}`,
    );
    const starts = tasks.filter(({ start }) => start > 0).map(({ id, start }) => `at ${decimal(start)} s start ${id}.p`);
    const steps = events.map(({ at, op, target, value }) => `at ${decimal(at)} s ${stepOf(op, target, value, speed)}`);
    return `${machines.join('\n')}\nscenario run {\n  duration 10000 s\n  ${[...starts, ...steps].join('\n  ')}\n}\n`;
}

function stepOf(op: string, target: string, value: number | string | null, speed: number): string {
    switch (op) {
        case 'prio':
            return `set ${target} cpu weight ${decimal(Number(value) * 100)}`;
        case 'cap':
        case 'setbound':
            return `set ${target} cpu limit ${decimal(Number(value) / speed)} cores`;
        case 'setpm':
            return `migrate ${target} to ${value}`;
        default:
            throw new Error(`No step is known for ${op}.`);
    }
}

export function compareWithSimgrid(simgridCase: SimgridCase): readonly FinishComparison[] {
    const { topology, problems } = lowerText(simgridCaseText(simgridCase));
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(`${simgridCase.name} is not valid: ${errors.map(({ message }) => message).join(' ')}`);
    const result = simulate(topology);
    const [run] = result.runs;
    const ends = run === undefined ? new Map<string, number[]>() : phaseEnds(indexTopology(result.topology), run);
    return Object.entries(simgridCase.finish).flatMap(([task, times]) =>
        times.map((expected, link) => ({ name: simgridCase.name, task, link, expected, computed: ends.get(task)?.[link] ?? Number.NaN })),
    );
}

/** By slice: when the phases of the process in it ended. */
function phaseEnds(index: ReturnType<typeof indexTopology>, run: Run): ReadonlyMap<string, readonly number[]> {
    const ends = new Map<string, number[]>();
    for (const [row, member] of run.phases.member.entries()) {
        const slice = firstPathOf(index, run, member).split('.').at(-2) ?? '';
        ends.set(slice, [...(ends.get(slice) ?? []), run.phases.finished[row] ?? Number.NaN]);
    }
    return ends;
}

/** Numbers of the language have no exponent. */
const decimal = (value: number): string => value.toFixed(12).replace(/\.?0+$/, '');
