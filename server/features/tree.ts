/** The topology as a tree that is opened step by step: what stands on what, how full it is, and where something is wrong. */
import { coresFigure, memoryFigure } from '#simulation/model/figures.ts';
import type { Finding } from '#simulation/model/finding.ts';
import { type ElementId, elementId } from '#simulation/model/ids.ts';
import type { ElementResult, Result } from '#simulation/model/result.ts';
import type { Element } from '#simulation/model/topology.ts';
import { usesOf, useText } from '#simulation/model/use.ts';
import { type Place, type Places, standingOf } from '../picture/standing.ts';
import { descriptionOf, labelOf } from '../picture/words.ts';
import { type TreeAnswer, type TreeNode, type TreeParams, treeRequest } from '../protocol.ts';
import { canonicalUri } from '../sources.ts';
import type { Feature } from './feature.ts';

export const tree: Feature = {
    name: 'tree',
    register: ({ onRequest, workspace }) => {
        onRequest(treeRequest, async ({ uri, element }: TreeParams, token): Promise<TreeAnswer> => {
            const file = canonicalUri(uri);
            await workspace.analysed(file, token);
            const result = workspace.lastGood(file)?.result;
            if (result === undefined) {
                return null;
            }
            const grown = grownOf(result);
            const ids = element === undefined ? grown.roots : (grown.places.get(elementId(element))?.carries ?? []);
            return ids.flatMap((id) => nodeOf(id, grown) ?? []);
        });
    },
};

interface Listed extends Omit<Place, 'number' | 'carries'> {
    readonly carries: readonly ElementId[];
}

interface GrownTree {
    readonly roots: readonly ElementId[];
    readonly places: ReadonlyMap<ElementId, Listed>;
    readonly severities: ReadonlyMap<ElementId, Severity>;
}
type Severity = NonNullable<TreeNode['severity']>;

/** Every step asks anew; what stands on what is found out once for each result. */
const grownTrees = new WeakMap<Result, GrownTree>();

function grownOf(result: Result): GrownTree {
    const known = grownTrees.get(result);
    if (known !== undefined) {
        return known;
    }
    const places = withDevices(standingOf(result).places, result);
    const roots = [...places.values()].filter(({ carrier }) => carrier === undefined).map(({ element }) => element.id);
    const grown = { roots, places, severities: severitiesOf(places, result.findings) };
    grownTrees.set(result, grown);
    return grown;
}

/** Disks and network cards carry nothing, so they stand in no picture; in a list they come first. */
function withDevices(standing: Places, { topology, elements }: Result): ReadonlyMap<ElementId, Listed> {
    const places = new Map<ElementId, Listed>();
    for (const carrier of standing) {
        const devices = carrier.element.children.flatMap((child) => {
            const element = topology.elements.get(child);
            return element?.kind === 'disk' || element?.kind === 'nic' ? [{ element }] : [];
        });
        places.set(carrier.element.id, { ...carrier, carries: [...devices, ...carrier.carries].map(({ element }) => element.id) });
        for (const { element } of devices) {
            const count = carrier.count * (element.replicas ?? 1);
            const figures = elements.get(element.id);
            places.set(element.id, { element, figures, carrier, count, level: carrier.level + 1, carries: [], stopped: carrier.stopped });
        }
    }
    return places;
}

/** From the top down, so that each carrier hears the worst of all that it carries. */
function severitiesOf(places: ReadonlyMap<ElementId, Listed>, findings: readonly Finding[]): ReadonlyMap<ElementId, Severity> {
    const worst = new Map<ElementId, Severity>();
    const hear = (id: ElementId | undefined, severity: Finding['severity'] | undefined): void => {
        if (id !== undefined && (severity === 'error' || (severity === 'warning' && !worst.has(id)))) {
            worst.set(id, severity);
        }
    };
    for (const { subject, severity } of findings) {
        hear(subject, severity);
    }
    for (const { element, carrier } of [...places.values()].reverse()) {
        hear(carrier?.element.id, worst.get(element.id));
    }
    return worst;
}

function nodeOf(id: ElementId, { places, severities }: GrownTree): TreeNode | undefined {
    const place = places.get(id);
    if (place === undefined) {
        return undefined;
    }
    const { element, figures } = place;
    const uses = place.stopped || figures === undefined ? [] : usesOf(figures).map((use) => ({ share: use.share, text: useText(use) }));
    const severity = severities.get(id);
    return {
        element: id,
        kind: element.kind,
        label: labelOf(element, element.replicas ?? 1),
        uses,
        detail: place.stopped ? 'not started' : uses.length > 0 ? '' : amounts(figures),
        description: descriptionOf(place, figures, figures !== undefined && isUnknown(element, figures)),
        ...(severity !== undefined && { severity }),
        carriesMore: place.carries.length > 0,
    };
}

/** What it gets, of one replica. */
function amounts(figures: ElementResult | undefined): string {
    const { cpu, memory } = figures ?? {};
    return [...(cpu?.granted === undefined ? [] : [coresFigure(cpu.granted)]), ...(memory?.used === undefined ? [] : [memoryFigure(memory.used)])].join(' · ');
}

/** Of a host its size, of anything else what it wants. */
function isUnknown({ kind }: Element, { cpu, memory }: ElementResult): boolean {
    return kind === 'host' ? cpu?.capacity === undefined && memory?.capacity === undefined : cpu !== undefined && cpu.demand === undefined;
}
