/**
 * Times the runs of scenarios through `simulate`, beside a loop made for the workload; every finish time is returned, and both must have the same. All of it runs in one
 * thread, so that its processor time is what it takes, and other work on the machine disturbs that least.
 */
import type { Run } from '#simulation/model/timeline.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { bytes, cores, seconds } from '#simulation/model/units.ts';
import { type Progress, simulate } from '#simulation/simulate.ts';
import { container, engine, GiB, host, process, topology } from '../simulation/topology-builder.ts';
import { alternate, type Contender, isSame, printTable, processorTime } from './measure.ts';
import { plainFinishTimes, type Workload, workloadTopology } from './workload.ts';

export async function timeScenarios(hosts: number, rounds: number): Promise<void> {
    const flat = (machines: number, isWeighted: boolean): Workload => ({ hosts: machines, cores: 4, vms: 0, containers: 10, tasks: 10, isWeighted });
    const wide: Workload = { hosts: Math.max(Math.round(hosts / 1000), 1), cores: 64, vms: 0, containers: 1000, tasks: 10, isWeighted: false };
    const nested: Workload = { hosts: Math.max(Math.round(hosts / 10), 1), cores: 4, vms: 10, containers: 2, tasks: 10, isWeighted: false };
    const compared: readonly (readonly [string, Workload])[] = [
        [`flat, ${grouped(hosts / 10)} hosts, ${grouped(hosts * 10)} tasks`, flat(hosts / 10, false)],
        [`flat, ${grouped(hosts)} hosts, ${grouped(hosts * 100)} tasks`, flat(hosts, false)],
        [`weighted and capped, ${grouped(hosts / 10)} hosts`, flat(hosts / 10, true)],
        [`weighted and capped, ${grouped(hosts)} hosts`, flat(hosts, true)],
        [`wide, ${wide.hosts} hosts × 64 cores, 1,000 containers`, wide],
        [`wide, weighted and capped`, { ...wide, isWeighted: true }],
    ];
    for (const [name, workload] of compared) {
        const made = workloadTopology(workload);
        agree(name, plainFinishTimes(workload), finishTimes(made));
        printTable(
            `Scenarios: ${name} (processor time)`,
            await alternate(
                contenders(made, () => plainFinishTimes(workload)),
                rounds,
            ),
        );
    }
    const others: readonly (readonly [string, Topology])[] = [
        [`over-committed VMs, ${grouped(nested.hosts)} hosts × 10 VMs × 2 containers × 10 tasks`, workloadTopology(nested)],
        [`${grouped(hosts * 10)} equal hosts × 10 containers`, equalHosts(hosts * 10)],
    ];
    for (const [name, made] of others) printTable(`Scenarios: ${name} (processor time)`, await alternate(contenders(made, undefined), rounds));
}

const wholeName = 'simulate, all of it';
const engineName = '  of it the run of the scenario';
const plainName = '  plain loop for this workload';

function contenders(made: Topology, plain: (() => Float64Array) | undefined): readonly Contender[] {
    const run = (part: 'whole' | 'engine') => (): { readonly milliseconds: number; readonly checksum: number } => {
        const clock = stageClock();
        const result = simulate(made, { shouldStop: clock.ask });
        const ended = processorTime();
        if (result === 'stopped') throw new Error('Nobody stopped it.');
        const [first] = result.runs;
        return { milliseconds: part === 'whole' ? ended - clock.started : clock.engine(), checksum: first === undefined ? 0 : digest(first) };
    };
    return [
        ...(plain === undefined ? [] : [{ name: plainName, run: () => timedLoop(plain) }]),
        { name: engineName, run: run('engine'), ...(plain === undefined ? {} : { beside: plainName }) },
        { name: wholeName, run: run('whole'), ...(plain === undefined ? {} : { beside: plainName }) },
    ];
}

/** The core has no clock; it asks whether to stop, first when a stage begins, and says which. */
function stageClock(): { readonly started: number; readonly ask: (progress: Progress) => boolean; readonly engine: () => number } {
    const stages = new Map<string, number>();
    const ask = ({ stage }: Progress): boolean => {
        if (!stages.has(stage)) stages.set(stage, processorTime());
        return false;
    };
    return { started: processorTime(), ask, engine: () => (stages.get('findings') ?? 0) - (stages.get('scenarios') ?? 0) };
}

function timedLoop(work: () => Float64Array): { readonly milliseconds: number; readonly checksum: number } {
    const started = processorTime();
    const times = work();
    const milliseconds = processorTime() - started;
    return { milliseconds, checksum: times.reduce((sum, time, place) => sum + time * (1 + (place % 7)), 0) };
}

function digest({ phases, members }: Run): number {
    return phases.finished.reduce((sum, time) => sum + time, members.element.length);
}

/** In the order of the tasks: containers in order, tasks in order within each. */
function finishTimes(made: Topology): Float64Array {
    const result = simulate(made);
    const { phases } = result.runs[0] as Run;
    const byMember = new Map<number, number[]>();
    for (const [row, member] of phases.member.entries()) byMember.set(member, [...(byMember.get(member) ?? []), phases.finished[row] ?? 0]);
    return Float64Array.from([...byMember].sort(([a], [b]) => a - b).flatMap(([, times]) => times));
}

function agree(name: string, plain: Float64Array, core: Float64Array): void {
    const isEqual = plain.length === core.length && plain.every((time, place) => isSame(time, core[place] ?? Number.NaN));
    if (!isEqual) throw new Error(`The plain loop and the core disagree on ${name}.`);
}

function equalHosts(hosts: number): Topology {
    const made = topology([
        host('h', { cpu: cores(4), memory: bytes(16 * GiB), replicas: hosts }, [
            engine('docker', {}, [container('c', { replicas: 10 }, [process('main', { cpu: cores(0.5) })])]),
        ]),
    ]);
    return { ...made, scenarios: [{ name: 'w', duration: seconds(600), steps: [], expectations: [] }] };
}

const grouped = (count: number): string => Math.round(count).toLocaleString('en');
