/** What became of each element: added, removed, renamed or moved, and which of its figures are others. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { ElementResult, Result } from '#simulation/model/result.ts';
import type { Element, ElementKind } from '#simulation/model/topology.ts';
import type { ElementMatch } from './match-elements.ts';

/** The keys of the result contract. */
export type FigureName = keyof typeof figureKinds;

/** What a figure counts; a share is shown in percent. */
export const figureKinds = {
    replicas: 'count',
    'cpu.capacity': 'cpu',
    'cpu.limit': 'cpu',
    'cpu.demand': 'cpu',
    'cpu.granted': 'cpu',
    'cpu.throttled': 'share',
    'cpu.contended': 'share',
    'cpu.headroom': 'share',
    'cpu.overcommit': 'share',
    'memory.capacity': 'memory',
    'memory.limit': 'memory',
    'memory.used': 'memory',
    'memory.committed': 'memory',
    'memory.headroom': 'share',
    'memory.overcommit': 'share',
    'disk.capacity': 'memory',
    'disk.used': 'memory',
    'disk.headroom': 'share',
    'io.granted': 'rate',
    'network.granted': 'rate',
    'ready-at': 'time',
} as const;

export interface ElementDifference {
    readonly kind: 'added' | 'removed' | 'changed';
    /** Of what is removed, the path that it had. */
    readonly path: ElementId;
    /** The path that it had, where that was another one. */
    readonly was?: ElementId;
    readonly element: Change<ElementKind>;
    /** The element whose kernel it runs on, where that has changed; as it is called on each side. */
    readonly kernel?: Change<ElementId>;
    /** Those that differ; of what is added or removed, all. */
    readonly figures: readonly FigureDifference[];
}

/** A side on which something does not exist, or is unknown, is absent. */
export interface Change<Value> {
    readonly before?: Value;
    readonly after?: Value;
}

export interface FigureDifference extends Change<number> {
    readonly name: FigureName;
}

export function elementDifferences(before: Result, after: Result, { was, became }: ElementMatch): readonly ElementDifference[] {
    const differences: ElementDifference[] = [];
    for (const element of after.topology.elements.values()) {
        const earlierId = was.get(element.id);
        const earlier = earlierId === undefined ? undefined : before.topology.elements.get(earlierId);
        const difference = differenceBetween(
            earlier && { element: earlier, figured: before.elements.get(earlier.id) ?? {} },
            { element, figured: after.elements.get(element.id) ?? {} },
            became,
        );
        if (difference !== undefined) {
            differences.push(difference);
        }
    }
    const gone = [...before.topology.elements.values()].filter(({ id }) => !became.has(id));
    return [...differences, ...gone.map((element) => removed({ element, figured: before.elements.get(element.id) ?? {} }))];
}

interface Figured {
    readonly element: Element;
    readonly figured: ElementResult;
}

function differenceBetween(before: Figured | undefined, after: Figured, became: ElementMatch['became']): ElementDifference | undefined {
    const path = after.element.id;
    const figures = figureDifferences(before, after);
    if (before === undefined) {
        return { kind: 'added', path, element: { after: after.element.kind }, figures };
    }
    const isElsewhere = before.element.id !== path;
    const isOtherKind = before.element.kind !== after.element.kind;
    const kernel = kernelChange(before.figured.kernel, after.figured.kernel, became);
    if (figures.length === 0 && !isElsewhere && !isOtherKind && kernel === undefined) {
        return undefined;
    }
    return {
        kind: 'changed',
        path,
        ...(isElsewhere && { was: before.element.id }),
        element: { before: before.element.kind, after: after.element.kind },
        ...(kernel !== undefined && { kernel }),
        figures,
    };
}

function removed(before: Figured): ElementDifference {
    return { kind: 'removed', path: before.element.id, element: { before: before.element.kind }, figures: figureDifferences(before, undefined) };
}

function kernelChange(before: ElementId | undefined, after: ElementId | undefined, became: ElementMatch['became']): Change<ElementId> | undefined {
    const isSame = before === undefined ? after === undefined : became.get(before) === after && after !== undefined;
    return isSame ? undefined : { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

function figureDifferences(before: Figured | undefined, after: Figured | undefined): readonly FigureDifference[] {
    const [earlier, later] = [figuresOf(before), figuresOf(after)];
    return figureNames.flatMap((name) => {
        const [then, now] = [earlier?.[name], later?.[name]];
        const change = { ...(then !== undefined && { before: then }), ...(now !== undefined && { after: now }) };
        return isSameFigure(change) ? [] : [{ name, ...change }];
    });
}

const figureNames = Object.keys(figureKinds) as readonly FigureName[];

/** Up to rounding: the same sum is not always added up in the same order. */
export function isSameFigure({ before, after }: Change<number>): boolean {
    return before === after || (before !== undefined && after !== undefined && Math.abs(before - after) <= 1e-9 * Math.max(Math.abs(before), Math.abs(after)));
}

function figuresOf(of: Figured | undefined): Readonly<Record<FigureName, number | undefined>> | undefined {
    if (of === undefined) {
        return undefined;
    }
    const { element, figured } = of;
    const { cpu, memory, disk, io, network, readyAt } = figured;
    return {
        replicas: element.replicas ?? 1,
        'cpu.capacity': cpu?.capacity,
        'cpu.limit': cpu?.limit,
        'cpu.demand': cpu?.demand,
        'cpu.granted': cpu?.granted,
        'cpu.throttled': cpu?.throttled,
        'cpu.contended': cpu?.contended,
        'cpu.headroom': cpu?.headroom,
        'cpu.overcommit': cpu?.overcommit,
        'memory.capacity': memory?.capacity,
        'memory.limit': memory?.limit,
        'memory.used': memory?.used,
        'memory.committed': memory?.committed,
        'memory.headroom': memory?.headroom,
        'memory.overcommit': memory?.overcommit,
        'disk.capacity': disk?.capacity,
        'disk.used': disk?.used,
        'disk.headroom': disk?.headroom,
        'io.granted': io?.granted,
        'network.granted': network?.granted,
        'ready-at': readyAt,
    };
}
