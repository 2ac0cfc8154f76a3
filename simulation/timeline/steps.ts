/** What the steps of a scenario do. */
import { blastRadius, breaches } from '../isolation/reach/blast-radius.ts';
import { type ControlGraph, controlGraph } from '../isolation/reach/control-graph.ts';
import { at, none } from '../model/columns.ts';
import type { Element, Step } from '../model/topology.ts';
import { isUp, scheduleFailover, takeDown, tryStart } from './lifecycle.ts';
import { beginMigration } from './migration.ts';
import { reloadMemory } from './phases.ts';
import { isMember } from './split-replicas.ts';
import { failed, running, stopped } from './state-numbers.ts';
import type { World } from './world.ts';

export function applyStep(world: World, step: Step): void {
    const targets = Array.from({ length: world.size }, (_, member) => member).filter((member) => isMember(world.index, world.cohort, member, step.target));
    if (step.kind === 'load') load(world, targets, step);
    else for (const member of targets) applyTo(world, step, member);
}

function applyTo(world: World, step: Exclude<Step, { kind: 'load' }>, member: number): void {
    switch (step.kind) {
        case 'fail':
            fail(world, member);
            break;
        case 'recover':
            recover(world, member);
            break;
        case 'stop':
            world.isHeld[member] = 1;
            takeDown(world, member, 'stopped');
            break;
        case 'start':
            world.isHeld[member] = 0;
            tryStart(world, member);
            break;
        case 'set':
            world.log.event(world.now, 'set', member, { [step.statement]: typeof step.value === 'number' ? step.value : step.value.join(',') });
            set(world, member, step);
            break;
        case 'migrate':
            migrate(world, member, step);
            break;
        case 'breach':
            breach(world, member);
            break;
        default:
            step satisfies never;
    }
}

function fail(world: World, member: number): void {
    if (at(world.isFailed, member) === 1) return;
    world.isFailed[member] = 1;
    const element = world.elements[member];
    if (element?.kind === 'disk' || element?.kind === 'nic') {
        // It moves nothing; who needs it waits.
        world.state[member] = failed;
        world.cpu.isOutdated = true;
        world.log.event(world.now, 'failed', member);
        return;
    }
    const wasUp = isUp(world, member);
    takeDown(world, member, 'failed');
    if (element?.kind === 'host' && wasUp) scheduleFailover(world, member);
}

function recover(world: World, member: number): void {
    if (at(world.isFailed, member) === 0) return;
    world.isFailed[member] = 0;
    world.log.event(world.now, 'recovered', member);
    const element = world.elements[member];
    if (element?.kind === 'disk' || element?.kind === 'nic') {
        world.state[member] = at(world.state, at(world.carrier, member)) === running ? running : stopped;
        world.cpu.isOutdated = true;
    } else tryStart(world, member);
}

/** Of the targets and all that they carry. */
function load(world: World, targets: readonly number[], { by, memory }: Extract<Step, { kind: 'load' }>): void {
    const isLoaded = new Uint8Array(world.size);
    for (const member of targets) {
        isLoaded[member] = 1;
        world.log.event(world.now, 'load', member, { by });
    }
    for (const member of world.order) {
        const carrier = at(world.carrier, member);
        if (carrier !== none && at(isLoaded, carrier) === 1) isLoaded[member] = 1;
        if (at(isLoaded, member) === 0 || world.elements[member]?.kind !== 'process') continue;
        world.loadCpu[member] = by;
        if (!memory) continue;
        world.loadMemory[member] = by;
        reloadMemory(world, member);
    }
    world.isOutdated ||= targets.length > 0;
}

/** Statements are named as in the text, properties as in the model: `cpu limit` is `cpuLimit`. */
function set(world: World, member: number, { statement, value }: Extract<Step, { kind: 'set' }>): void {
    const [first = '', ...rest] = statement.split(/[ -]/);
    const property = first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
    world.elements[member] = { ...world.elements[member], [property]: value } as Element;
    world.isOutdated = true;
    reloadMemory(world, member);
}

function migrate(world: World, vm: number, step: Extract<Step, { kind: 'migrate' }>): void {
    const type = world.elements[at(world.carrier, vm)];
    for (let member = 0; member < world.size; member++) {
        const element = world.elements[member];
        if (element?.kind !== 'hypervisor' || type?.kind !== 'hypervisor' || element.type !== type.type) continue;
        const isMeant = isMember(world.index, world.cohort, member, step.to) || isMember(world.index, world.cohort, at(world.carrier, member), step.to);
        if (!isMeant) continue;
        beginMigration(world, vm, member);
        return;
    }
}

/** Graphs by index: several breaches of one scenario look at the same. */
const graphs = new WeakMap<World['index'], ControlGraph>();

function breach(world: World, member: number): void {
    const graph = graphs.get(world.index) ?? controlGraph(world.index);
    graphs.set(world.index, graph);
    const from = at(world.cohort.element, member);
    const { machines, workloads } = blastRadius(graph, from, breaches[0]);
    const others = workloads.filter((id) => id !== world.index.elements[from]?.id);
    const named = [...machines, ...others];
    const most = 20;
    world.log.event(world.now, 'breached', member, { machines: machines.length, workloads: others.length, reaches: named.slice(0, most).join(' ') });
}
