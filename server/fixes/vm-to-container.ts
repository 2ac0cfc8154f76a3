/** A VM that carries one small process becomes a container on its host. */
import { CstUtils } from 'langium';
import type { Element as ElementNode } from '#language/generated/ast.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Engine, Process, Topology, Vm } from '#simulation/model/topology.ts';
import { docCommentStart } from '../explain/doc-comment.ts';
import type { Source } from '../sources.ts';
import { elementNodeAt } from '../syntax-at.ts';
import { appendLines, dedent, indentAt, indented, indentUnit, removeOffsets, replaceOffsets } from './edits.ts';
import type { Fix, FixEdit, FixInput, FixRule } from './fix.ts';

export const vmToContainer: FixRule = {
    codes: ['vm-for-one-process'],
    *fixes(input: FixInput): Generator<Fix> {
        const carried = onlyProcess(input);
        const edits = carried && rewrite(input, carried);
        if (carried !== undefined && edits !== undefined) {
            yield { title: `Run ${carried.process.name} as a container`, edits, effect: { kind: 'fits', on: carried.host, resource: 'memory' } };
        }
    },
};

interface Declared {
    readonly source: Source;
    readonly node: ElementNode;
    readonly start: number;
    readonly end: number;
}

interface Carried {
    readonly vm: Vm;
    readonly process: Process;
    readonly host: ElementId;
    readonly hypervisor: ElementId;
}

/** The families agree where the check speaks. Deeper machines, and guests with more in them than the process, stay as they are. */
function onlyProcess({ finding: { subject }, analysis }: FixInput): Carried | undefined {
    const { elements } = analysis.lowered.topology;
    const vm = subject === undefined ? undefined : elements.get(subject);
    const hypervisor = vm?.parent === undefined ? undefined : elements.get(vm.parent);
    const host = hypervisor?.parent === undefined ? undefined : elements.get(hypervisor.parent);
    const [only, ...others] = vm?.children ?? [];
    const process = only === undefined ? undefined : elements.get(only);
    return vm?.kind === 'vm' && process?.kind === 'process' && others.length === 0 && hypervisor !== undefined && host?.kind === 'host'
        ? { vm, process, host: host.id, hypervisor: hypervisor.id }
        : undefined;
}

/** Only what is written in one text, in the bodies of what carries it, moves: what comes from a template belongs to others as well. */
function rewrite(input: FixInput, { vm, process, host, hypervisor }: Carried): readonly FixEdit[] | undefined {
    const [machine, job, carrier] = [vm.id, process.id, hypervisor].map((id) => declared(input, id));
    if (machine === undefined || job === undefined || carrier === undefined || new Set([machine, job, carrier].map(({ source }) => source)).size > 1) {
        return undefined;
    }
    if (machine.node.template !== undefined || job.node.$container.$container !== machine.node || machine.node.$container.$container !== carrier.node) {
        return undefined;
    }
    const { source } = machine;
    const { topology } = input.analysis.lowered;
    const lines = containerLines(vm, machine, job);
    const removal = removeOffsets(source, machine.start, machine.end);
    const engine = engineOn(host, input.analysis.result?.topology ?? topology);
    if (engine !== undefined) {
        const place = declared(input, engine.id);
        const insertion = place?.source === source && !topology.elements.has(`${engine.id}.${vm.name}` as ElementId) && appendLines(source, place.node, lines);
        return insertion ? [removal, insertion] : undefined;
    }
    const indent = indentAt(source, carrier.start);
    const block = ['engine docker {', ...indented([...indented(lines, indentUnit), '}'], indent)];
    return [replaceOffsets(source, carrier.start, carrier.start, `${block.join('\n')}\n\n${indent}`), removal];
}

function declared({ analysis, sourceOf }: FixInput, id: ElementId): Declared | undefined {
    const name = analysis.lowered.origins.elements.get(id)?.name;
    const source = name && sourceOf(name.uri);
    const node = source && elementNodeAt(source, name.start);
    const cst = node?.$cstNode;
    return source && node && cst && { source, node, start: docCommentStart(source.text, cst.offset), end: cst.end };
}

/** Not one that brings a virtual machine along: another VM is what the fix is to spare. */
function engineOn(host: ElementId, { elements }: Topology): Engine | undefined {
    const children = elements.get(host)?.children ?? [];
    return children
        .map((id) => elements.get(id))
        .find((element): element is Engine => element?.kind === 'engine' && !element.children.some((child) => elements.get(child)?.implicit));
}

/** Labels, comments, when it restarts and the process, as they are written; what sizes a machine has no meaning for a container. */
function containerLines(vm: Vm, machine: Declared, job: Declared): readonly string[] {
    const { source, node } = machine;
    const textOf = (start: number, end: number): readonly string[] => dedent(source.text.slice(start, end), indentAt(source, start));
    const doc = textOf(machine.start, node.$cstNode?.offset ?? machine.start).filter((line) => line.trim() !== '');
    const kept = [{ start: job.start, end: job.end }];
    for (const item of node.body?.items ?? []) {
        const cst = item.$cstNode;
        if (cst !== undefined && /^(?:label|restart)\s/.test(cst.text)) {
            kept.push({ start: cst.offset, end: cst.end });
        }
    }
    for (const leaf of node.$cstNode === undefined ? [] : CstUtils.flattenCst(node.$cstNode)) {
        const isKept = kept.some(({ start, end }) => start <= leaf.offset && leaf.end <= end);
        if (leaf.hidden && leaf.text.startsWith('/') && !isKept && leaf.offset > (node.$cstNode?.offset ?? 0)) {
            kept.push({ start: leaf.offset, end: leaf.end });
        }
    }
    kept.sort((a, b) => a.start - b.start);
    const count = node.count?.$cstNode?.text;
    const replicas = count === undefined ? '' : `[${count}]`;
    return [
        ...doc,
        `container ${vm.name}${replicas} {`,
        ...indented(
            kept.flatMap(({ start, end }) => textOf(start, end)),
            indentUnit,
        ),
        '}',
    ];
}
