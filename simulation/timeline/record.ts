/** Runs a scenario once more and keeps what each element was granted and used over time; runs alone would be too large to keep it. */
import type { MemberSeries, Members } from '../model/timeline.ts';
import type { Scenario } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';

/** Hosts that may influence one another, and what they carry. */
export interface Recording {
    readonly members: Members;
    /** By member. */
    readonly series: readonly MemberSeries[];
}

/** One recording for each group of hosts that may influence one another; `hosts` (element numbers) leaves out groups without any of them. */
export function* record(_index: TopologyIndex, _scenario: Scenario, _hosts?: ReadonlySet<number>): Generator<Recording> {}
