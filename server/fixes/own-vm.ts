/** Moves a container into a VM of its own, with an engine inside it. */
import type { Element as ElementNode } from '#language/generated/ast.ts';
import { type ElementId, elementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import type { Container, Engine, Host, Hypervisor, Topology, Vm } from '#simulation/model/topology.ts';
import { docCommentStart } from '../explain/doc-comment.ts';
import type { Source } from '../sources.ts';
import { elementNodeAt } from '../syntax-at.ts';
import { appendLines, dedent, indentAt, indented, indentUnit, removeOffsets, replaceOffsets } from './edits.ts';
import type { Fix, FixInput } from './fix.ts';
import { writeMemory } from './size.ts';

export interface Guest {
    readonly system: string;
    /** As a person says it. */
    readonly name: string;
    /** What the system and an engine hold, and some room, in bytes. */
    readonly memory: number;
    /** Statements that the VM is to have besides. */
    readonly statements?: readonly string[];
}

const gibibyte = 2 ** 30;
const guests: ReadonlyMap<string, Guest> = new Map([
    ['linux', { system: 'debian', name: 'Linux', memory: gibibyte }],
    ['windows', { system: 'windows-server', name: 'Windows', memory: 4 * gibibyte }],
    ['freebsd', { system: 'freebsd', name: 'FreeBSD', memory: gibibyte }],
    ['macos', { system: 'macos', name: 'macOS', memory: 4 * gibibyte }],
]);

/** The usual guest of a family. */
export function guestFor(family: string): Guest | undefined {
    return guests.get(family);
}

/** Moves a container that stands in its engine's body; undefined where it can't be moved by editing one text. */
export function moveIntoVm(input: FixInput, guest: Guest): Fix['edits'] | undefined {
    const moved = whatMoves(input);
    return moved && moveInto(input, moved, guest);
}

interface Moved {
    readonly container: Container;
    readonly engine: Engine;
    readonly source: Source;
    readonly node: ElementNode;
    readonly engineNode: ElementNode;
    readonly result: Result;
}

/** Only what stands in its engine's body can be moved: what comes from a template belongs to others as well. */
function whatMoves({ finding, analysis, sourceOf }: FixInput): Moved | undefined {
    const { topology, origins } = analysis.lowered;
    const container = finding.subject === undefined ? undefined : topology.elements.get(finding.subject);
    const engine = container?.parent === undefined ? undefined : topology.elements.get(container.parent);
    if (container?.kind !== 'container' || engine?.kind !== 'engine' || analysis.result === undefined) {
        return undefined;
    }
    const name = origins.elements.get(container.id)?.name;
    const engineName = origins.elements.get(engine.id)?.name;
    const source = name && sourceOf(name.uri);
    const node = source && elementNodeAt(source, name.start);
    const engineNode = source && engineName?.uri === source.uri ? elementNodeAt(source, engineName.start) : undefined;
    const isInside = node !== undefined && engineNode !== undefined && node.$container.$container === engineNode;
    return source && isInside ? { container, engine, source, node, engineNode, result: analysis.result } : undefined;
}

function moveInto(input: FixInput, moved: Moved, guest: Guest): Fix['edits'] | undefined {
    const { node, source, engineNode } = moved;
    const start = node.$cstNode === undefined ? undefined : docCommentStart(source.text, node.$cstNode.offset);
    const end = node.$cstNode?.end;
    if (start === undefined || end === undefined) {
        return undefined;
    }
    const { topology } = input.analysis.lowered;
    const carrier = moved.engine.parent === undefined ? undefined : topology.elements.get(moved.engine.parent);
    const existing = carrier?.kind === 'host' || carrier?.kind === 'vm' ? hypervisorFor(carrier, topology) : undefined;
    const container = dedent(source.text.slice(start, end), indentAt(source, start));
    const lines = vmLines(moved, guest, existing, container, topology);
    const removal = removeOffsets(source, start, end);
    if (existing !== undefined) {
        const place = hypervisorNode(input, existing.id, source);
        const insertion = place && appendLines(source, place, lines);
        return insertion && [removal, insertion];
    }
    const before = engineNode.$cstNode?.offset;
    if (carrier?.kind !== 'host' || before === undefined) {
        return undefined;
    }
    const indent = indentAt(source, before);
    const type = hypervisorTypeOn(carrier, topology);
    const block = [`hypervisor ${type} {`, ...indented([...indented(lines, indentUnit), '}'], indent)];
    return [removal, replaceOffsets(source, before, before, `${block.join('\n')}\n\n${indent}`)];
}

/** The hypervisor beside the engine; for an engine in a VM the one that carries the VM, because a guest seldom carries guests. */
function hypervisorFor(carrier: Host | Vm, topology: Topology): Hypervisor | undefined {
    const candidates = carrier.kind === 'host' ? carrier.children : carrier.parent === undefined ? [] : [carrier.parent];
    for (const id of candidates) {
        const element = topology.elements.get(id);
        if (element?.kind === 'hypervisor') {
            return element;
        }
    }
    return undefined;
}

function hypervisorNode({ analysis }: FixInput, id: ElementId, source: Source): ElementNode | undefined {
    const name = analysis.lowered.origins.elements.get(id)?.name;
    return name?.uri === source.uri ? elementNodeAt(source, name.start) : undefined;
}

function hypervisorTypeOn(host: Host, { definitions }: Topology): string {
    const family = host.os === undefined ? undefined : definitions.operatingSystems.get(host.os.name)?.family;
    return family === undefined ? 'esxi' : (typesByFamily.get(family) ?? 'virtualbox');
}

const typesByFamily: ReadonlyMap<string, string> = new Map([
    ['linux', 'kvm'],
    ['windows', 'hyper-v'],
]);

function vmLines(moved: Moved, guest: Guest, hypervisor: Hypervisor | undefined, container: readonly string[], topology: Topology): readonly string[] {
    const { cpu, memory } = moved.result.elements.get(moved.container.id) ?? {};
    const replicas = moved.container.replicas ?? 1;
    const wanted = Math.max(1, Math.ceil((cpu?.demand ?? 1) * replicas));
    const parent = hypervisor ?? moved.engine;
    return [
        `vm ${freeName(`${moved.container.name}-vm`, parent, topology)} {`,
        `${indentUnit}vcpus ${Math.min(wanted, roomForVcpus(hypervisor, moved, topology))}`,
        `${indentUnit}memory ${writeMemory(roundedUp((memory?.used ?? 0) * replicas + guest.memory))}`,
        `${indentUnit}os ${guest.system}`,
        ...indented(guest.statements ?? [], indentUnit),
        '',
        `${indentUnit}engine docker {`,
        ...indented(container, indentUnit + indentUnit),
        `${indentUnit}}`,
        '}',
    ];
}

/** vCPUs that may still be promised, at least one. */
function roomForVcpus(hypervisor: Hypervisor | undefined, { engine }: Moved, topology: Topology): number {
    const host = topology.elements.get(hypervisor?.parent ?? engine.parent ?? engine.id);
    const cpus = host?.kind === 'host' ? host.cpu : host?.kind === 'vm' ? host.vcpus : undefined;
    const promised = (hypervisor?.children ?? []).reduce((sum, id) => {
        const vm = topology.elements.get(id);
        return sum + (vm?.kind === 'vm' ? (vm.vcpus ?? 0) * (vm.replicas ?? 1) : 0);
    }, 0);
    return cpus === undefined ? Number.MAX_SAFE_INTEGER : Math.max(1, Math.floor(cpus * (hypervisor?.overcommitCpu ?? 1) - promised));
}

function freeName(wanted: string, parent: Hypervisor | Engine, topology: Topology): string {
    let name = wanted;
    for (let number = 2; topology.elements.has(elementId(`${parent.id}.${name}`)); number += 1) {
        name = `${wanted}-${number}`;
    }
    return name;
}

function roundedUp(bytes: number): number {
    return Math.ceil(bytes / gibibyte) * gibibyte;
}
