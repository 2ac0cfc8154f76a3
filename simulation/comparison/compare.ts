/** "VM or container?" with numbers: puts the same workloads onto the same kind of host in every way there is, simulates each, and reads the results. */
import { complete } from '../model/complete.ts';
import type { Definitions } from '../model/definitions.ts';
import type { InstanceSet } from '../model/ids.ts';
import type { Result } from '../model/result.ts';
import type { Topology } from '../model/topology.ts';
import { indexTopology } from '../model/topology-index.ts';
import { simulate } from '../simulate.ts';
import { type Comparison, type UsedDefinition, type Way, type WayFigures, type WayName, wayNames } from './comparison.ts';
import { fitOf } from './fit.ts';
import { familiesOf, obstacles } from './obstacles.ts';
import { selectUnits, type Unit } from './selection.ts';
import { buildVariant, type Ground, groundOf } from './variants.ts';
import { cpuOf, crashOf, diskOf, hostsOf, idleOf, kernelsOf, memoryOf, readyOf, runOf, wallOf } from './way-figures.ts';

/**
 * Pure. `library` holds every definition that is known, because a way may need a type that the topology does not name.
 * Invariant: every figure is read from a `Result`; no equation of the model stands here a second time.
 */
export function compare(topology: Topology, selection: readonly InstanceSet[], library: Definitions): Comparison {
    const index = indexTopology(complete({ ...topology, definitions: library }));
    const units = selectUnits(index, selection);
    const [first, ...others] = units;
    if (first === undefined) return { workloads: [], ways: [], uses: [] };
    const ground = groundOf(index.topology, [first, ...others], library);
    return {
        host: ground.host.id,
        workloads: units.map(({ name, element, replicas, family, isKnown }) => ({ name, element, replicas, family, isKnown })),
        ways: wayNames.map((name) => wayOf(name, units, ground)),
        uses: usesOf(wayNames.map((name) => complete(buildVariant(name, units, ground, 1).topology))),
    };
}

/** Each once, in the order of the ways. */
function usesOf(variants: readonly Topology[]): readonly UsedDefinition[] {
    const uses = new Map<string, UsedDefinition>();
    const use = (kind: UsedDefinition['kind'], name: string | undefined): void => {
        if (name !== undefined && !uses.has(`${kind} ${name}`)) uses.set(`${kind} ${name}`, { kind, name });
    };
    for (const { elements, definitions } of variants) {
        for (const element of elements.values()) {
            if (element.kind === 'host' || element.kind === 'vm') use('os', element.os?.name);
            if (element.kind === 'hypervisor') use('hypervisor-type', element.type);
            if (element.kind === 'engine') use('engine-type', element.type);
            if (element.kind !== 'container' || element.runtime === undefined) continue;
            use('runtime-type', element.runtime);
            const runtime = definitions.runtimeTypes.get(element.runtime);
            if (runtime?.class === 'kernel') use('os', runtime.os);
        }
    }
    return [...uses.values()];
}

function wayOf(name: WayName, units: readonly Unit[], ground: Ground): Way {
    const run = onceEach((copies) => simulate(buildVariant(name, units, ground, copies).topology));
    const because = obstacles(name, units, ground, run(1));
    return because.length > 0 ? { name, kind: 'impossible', because } : { name, kind: 'possible', figures: figuresOf(name, units, ground, run) };
}

/** The same number of copies is not simulated twice. */
function onceEach(run: (copies: number) => Result): (copies: number) => Result {
    const results = new Map<number, Result>();
    return (copies) => {
        const result = results.get(copies) ?? run(copies);
        results.set(copies, result);
        return result;
    };
}

function figuresOf(name: WayName, units: readonly Unit[], ground: Ground, run: (copies: number) => Result): WayFigures {
    const isKnown = units.every((unit) => unit.isKnown);
    const single = runOf(buildVariant(name, units, ground, 1), run(1), isKnown);
    const pair = runOf(buildVariant(name, units, ground, 2), run(2), isKnown);
    const { cpu: _, ...endless } = ground.host;
    const alone = simulate(buildVariant(name, units, { ...ground, host: endless }, 1).topology);
    return {
        hosts: hostsOf(single),
        memory: memoryOf(single),
        disk: diskOf(single),
        cpu: cpuOf(single),
        ready: readyOf(single),
        ...(name === 'bare' ? {} : { fit: fitOf({ run, alone, isKnown }) }),
        idle: idleOf(single),
        kernels: kernelsOf(single, familiesOf(name, units, ground)),
        wall: wallOf(pair),
        crash: crashOf(single),
    };
}
