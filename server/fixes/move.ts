/** What is too much for a host moves to another: a virtual machine to its hypervisor, a container to its engine. */
import type { Element as ElementNode } from '#language/generated/ast.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Container, Element, Engine, Hypervisor, Topology, Vm } from '#simulation/model/topology.ts';
import { docCommentStart } from '../explain/doc-comment.ts';
import { lastStep } from '../short-path.ts';
import type { Source } from '../sources.ts';
import { elementNodeAt } from '../syntax-at.ts';
import { appendLines, dedent, indentAt, removeOffsets } from './edits.ts';
import type { Fix, FixEdit, FixInput, FixRule } from './fix.ts';

/** More that move and more places to move to are not tried: each trial is a simulation. */
const mostMovers = 2;
const mostTargets = 2;

export const moveElsewhere: FixRule = {
    codes: ['memory-capacity', 'memory-overcommit', 'cpu-overcommit'],
    *fixes(input: FixInput): Generator<Fix> {
        const { finding, analysis } = input;
        const { topology } = analysis.lowered;
        const from = finding.subject && hostOf(finding.subject, topology);
        const resource = finding.code === 'cpu-overcommit' ? 'cpu' : 'memory';
        if (from === undefined) {
            return;
        }
        for (const mover of moversOf(from, input).slice(0, mostMovers)) {
            for (const { host, carrier } of targetsFor(mover, from, input).slice(0, mostTargets)) {
                const edits = moveEdits(mover, carrier, input);
                if (edits !== undefined) {
                    yield { title: `Move ${mover.name} to ${lastStep(host)}`, edits, effect: { kind: 'fits', on: host, resource } };
                }
            }
        }
    },
};

type Mover = Vm | Container;
type Carrier = Hypervisor | Engine;

/** What stands directly on a hypervisor or an engine of the host, the smallest that would be enough first. */
function moversOf(host: ElementId, { finding, analysis }: FixInput): readonly Mover[] {
    const { topology } = analysis.lowered;
    const missing = Number(finding.facts['missing'] ?? 0);
    const sized = [...topology.elements.values()].flatMap((element) => {
        const isMover = (element.kind === 'vm' || element.kind === 'container') && isCarrier(parentOf(element, topology));
        const used = (analysis.result?.elements.get(element.id)?.memory?.used ?? 0) * (element.replicas ?? 1);
        return isMover && grandparent(element, topology) === host ? [{ element, used }] : [];
    });
    const enough = sized.filter(({ used }) => used >= missing).sort((a, b) => a.used - b.used);
    return enough.map(({ element }) => element);
}

interface Target {
    readonly host: ElementId;
    readonly carrier: Carrier;
}

/** Hypervisors or engines of the same type on other hosts, that with the most room first. */
function targetsFor(mover: Mover, from: ElementId, { analysis }: FixInput): readonly Target[] {
    const { topology } = analysis.lowered;
    const current = parentOf(mover, topology);
    const room = ({ host }: Target): number => analysis.result?.elements.get(host)?.memory?.headroom ?? 0;
    return [...topology.elements.values()]
        .flatMap((element): readonly Target[] => {
            const host = element.parent;
            const fits = isCarrier(element) && isCarrier(current) && element.kind === current.kind && element.type === current.type;
            const isOnHost =
                host !== undefined && host !== from && topology.elements.get(host)?.kind === 'host' && topology.elements.get(host)?.replicas === undefined;
            return fits && isOnHost ? [{ host, carrier: element }] : [];
        })
        .sort((a, b) => room(b) - room(a));
}

/** Only what stands in its carrier's own body moves: what came of a template belongs to others as well. */
function moveEdits(mover: Mover, carrier: Carrier, input: FixInput): readonly FixEdit[] | undefined {
    const [moved, target] = [declarationOf(mover.id, input), declarationOf(carrier.id, input)];
    const current = mover.parent === undefined ? undefined : declarationOf(mover.parent, input);
    const node = moved?.node.$cstNode;
    if (moved === undefined || target === undefined || node === undefined || current === undefined || moved.node.$container.$container !== current.node) {
        return undefined;
    }
    const start = docCommentStart(moved.source.text, node.offset);
    const lines = dedent(moved.source.text.slice(start, node.end), indentAt(moved.source, start));
    const insertion = appendLines(target.source, target.node, lines);
    return insertion && [removeOffsets(moved.source, start, node.end), insertion];
}

function declarationOf(id: ElementId, { analysis, sourceOf }: FixInput): { readonly source: Source; readonly node: ElementNode } | undefined {
    const name = analysis.lowered.origins.elements.get(id)?.name;
    const source = name && sourceOf(name.uri);
    const node = source && elementNodeAt(source, name.start);
    return source && node && { source, node };
}

/** The host itself, or that of a hypervisor on it; nothing for what stands deeper. */
function hostOf(id: ElementId, topology: Topology): ElementId | undefined {
    const element = topology.elements.get(id);
    return element?.kind === 'host' ? id : element?.kind === 'hypervisor' && element.parent !== undefined ? hostOf(element.parent, topology) : undefined;
}

function parentOf({ parent }: Element, topology: Topology): Element | undefined {
    return parent === undefined ? undefined : topology.elements.get(parent);
}

function grandparent(element: Element, topology: Topology): ElementId | undefined {
    return parentOf(element, topology)?.parent;
}

function isCarrier(element: Element | undefined): element is Carrier {
    return element?.kind === 'hypervisor' || element?.kind === 'engine';
}
