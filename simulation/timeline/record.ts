/** Runs a scenario once more and keeps what each element was granted and used over time; to keep it of every run would take far too much memory. */
import { at } from '../model/columns.ts';
import type { MemberSeries, Members } from '../model/timeline.ts';
import type { Scenario } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { diskUse } from '../resources/disk.ts';
import { componentsOf } from './components.ts';
import { runScenario } from './run-scenario.ts';

/** Hosts that may influence one another, and what they carry. */
export interface Recording {
    readonly members: Members;
    /** By member. */
    readonly series: readonly MemberSeries[];
}

/** One recording for each group of hosts that may influence one another; `hosts` (element numbers) leaves out groups without any of them. */
export function* record(index: TopologyIndex, scenario: Scenario, hosts?: ReadonlySet<number>): Generator<Recording> {
    const disk = diskUse(index);
    for (const elements of componentsOf(index, scenario)) {
        if (hosts !== undefined && !elements.some((element) => hosts.has(element))) continue;
        const outcome = runScenario(index, scenario, { isRecorded: () => true, groups: [elements] });
        if (outcome === 'stopped') return;
        for (const { members, series } of outcome.recorded)
            yield { members, series: series.map((one, member) => withDisk(one, at(disk.used, at(members.element, member)))) };
    }
}

/** What is installed stays installed. */
function withDisk(series: MemberSeries, used: number): MemberSeries {
    return { ...series, 'disk.used': { times: [0], values: [used] } };
}
