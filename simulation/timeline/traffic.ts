/** How fast processes that move data may go now, and how fast machines migrate: the contests of `resources/io-contest.ts` for demands that come and go. */
import { at } from '../model/columns.ts';
import { type ContestOptions, type Flow, type HostContest, hostContests, type IoDemand, nicBandwidth } from '../resources/io-contest.ts';
import { shareJointly } from '../solver/joint-shares.ts';
import { processAt } from './phases.ts';
import { failed, running } from './state-numbers.ts';
import type { Migration, World } from './world.ts';

/** What is moved while nothing changes. */
export interface Traffic {
    /** By member: the rate at which a process may advance. */
    readonly rates: Float64Array;
    readonly contests: readonly HostContest[];
}

/** Needs current shares of CPU. Writes the rates of migrations. */
export function shareTraffic(world: World): Traffic {
    const caps = new Float64Array(world.size).fill(1);
    for (let member = 0; member < world.size; member++) {
        if (at(world.cpu.movesData, member) === 0) continue;
        const asked = world.cpu.asked(member);
        if (asked > 0) caps[member] = Math.min(world.cpu.granted(member) / asked, 1);
    }
    const options = { caps, demandOf: (member: number) => demandNow(world, member), isDown: (device: number) => at(world.state, device) === failed };
    const migrations = [...world.migrations.values()];
    if (migrations.length > 0) shareMigrations(world, options, migrations);
    const rates = caps.slice();
    const contests = hostContests(world.view, { ...options, flows: migrations.flatMap((one) => flowsOf(world, one, one.rate)) });
    for (const { processes, contest } of contests) {
        const shares = shareJointly(contest);
        for (const [user, member] of processes.entries()) rates[member] = at(shares.rate, user);
    }
    return { rates, contests };
}

/** Each wants all that both networks carry; it gets what the slower leaves it, and no more is taken from the other. */
function shareMigrations(world: World, options: Omit<ContestOptions, 'flows'>, migrations: readonly Migration[]): void {
    const wanted = migrations.map((one) => {
        const [from, to] = hostsOf(world, one);
        return Math.min(nicBandwidth(world.view, from), nicBandwidth(world.view, to));
    });
    const flows = migrations.flatMap((one, place) => flowsOf(world, one, wanted[place] ?? 0));
    const granted = new Map<Flow, number>();
    for (const { host, processes, contest } of hostContests(world.view, { ...options, flows })) {
        const shares = shareJointly(contest);
        for (const [place, flow] of flows.filter((one) => one.host === host).entries())
            granted.set(flow, flow.want * at(shares.rate, processes.length + place));
    }
    for (const [place, one] of migrations.entries()) {
        // A network that nobody described carries all at once.
        const known = [flows[2 * place], flows[2 * place + 1]].map((flow) => (flow === undefined ? Infinity : (granted.get(flow) ?? flow.want)));
        one.rate = (wanted[place] ?? 0) === Infinity ? Infinity : Math.min(...known);
    }
}

function flowsOf(world: World, migration: Migration, want: number): readonly Flow[] {
    const [from, to] = hostsOf(world, migration);
    const bounded = Math.min(want, Number.MAX_SAFE_INTEGER);
    return [
        { host: from, direction: 'send', want: bounded },
        { host: to, direction: 'receive', want: bounded },
    ];
}

const hostsOf = (world: World, { vm, to }: Migration): readonly [number, number] => [at(world.view.host, vm), at(world.view.host, to)];

const nothing: IoDemand = { bytes: 0, iops: 0, receive: 0, send: 0 };

/** What a process moves at full rate in its current stretch; nothing where it does not run. */
export function demandNow(world: World, member: number): IoDemand {
    const process = processAt(world, member);
    if (process === undefined || at(world.state, member) !== running || at(world.cpu.movesData, member) === 0) return nothing;
    const stretch = process.phases[at(world.phase, member)] ?? process;
    if (stretch === process && process.phases.length > 0) return nothing;
    const load = at(world.loadCpu, member);
    return { bytes: (stretch.read + stretch.write) * load, iops: stretch.iops * load, receive: stretch.receive * load, send: stretch.send * load };
}
