/** What a rule is, and what it may look at. */

import type { ControlGraph } from '../isolation/reach/control-graph.ts';
import type { BootChain } from '../lifecycle/boot.ts';
import type { Judgement } from '../model/expectation.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { ElementId } from '../model/ids.ts';
import type { ElementResult } from '../model/result.ts';
import type { Run } from '../model/timeline.ts';
import type { Element } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import type { CpuAllocation } from '../resources/cpu.ts';
import type { DiskUse } from '../resources/disk.ts';
import type { IoAllocation } from '../resources/io.ts';
import type { MemoryUse } from '../resources/memory.ts';

/** One rule. Its title says what must (an error) or should (a warning) be; the explanation is a paragraph of the generated documentation. */
export interface Check {
    readonly code: string;
    readonly severity: Severity;
    readonly title: string;
    readonly explanation: string;
    readonly run: (context: CheckContext) => Iterable<Finding>;
}

/** All that was computed of a steady state. */
export interface CheckContext {
    readonly index: TopologyIndex;
    readonly results: ReadonlyMap<ElementId, ElementResult>;
    readonly cpu: CpuAllocation;
    readonly memory: MemoryUse;
    readonly disk: DiskUse;
    readonly io: IoAllocation;
    readonly boot: BootChain;
    readonly control: ControlGraph;
    readonly judgements: readonly Judgement[];
    readonly runs: readonly Run[];
}

/** Elements that exist (0 replicas do not) and start by themselves, with their numbers. */
export function running(index: TopologyIndex): readonly (readonly [number, Element])[] {
    const known = runningByIndex.get(index);
    if (known !== undefined) return known;
    const found: (readonly [number, Element])[] = [];
    for (const [number, element] of index.elements.entries()) {
        if (index.running[number] === 1 && (index.multiplicity[number] ?? 0) > 0) found.push([number, element]);
    }
    runningByIndex.set(index, found);
    return found;
}

/** Every rule asks for the same list. */
const runningByIndex = new WeakMap<TopologyIndex, readonly (readonly [number, Element])[]>();

/** An element in a sentence: `web`, or `each web` where it has replicas. */
export function subjectOf(element: Element): string {
    return (element.replicas ?? 1) > 1 ? `each ${element.name}` : element.name;
}

/** A factor that makes a comparison blind to rounding. */
export const rounding = 1 + 1e-9;
