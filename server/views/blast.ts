/** What falls with one workload, for everything that may be broken: in words, and marked in the picture. */
import { wallsBetween } from '#simulation/isolation/boundaries.ts';
import { isWorkload } from '#simulation/isolation/kernels.ts';
import { type BlastRadius, blastRadius, breaches, openedWay } from '#simulation/isolation/reach/blast-radius.ts';
import type { ControlGraph } from '#simulation/isolation/reach/control-graph.ts';
import { at, none } from '#simulation/model/columns.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import { kindWord, plainName } from '../picture/words.ts';
import type { Blast, BoxRole, BrokenLevel, Scene, SceneBox } from '../protocol.ts';

export interface BlastSubject {
    readonly graph: ControlGraph;
    /** Number of the workload that an attacker is in. */
    readonly from: number;
    readonly labelOf: (number: number) => string;
}

export function blastOf({ graph, from, labelOf }: BlastSubject, broken: BrokenLevel, shown: readonly number[]): Blast {
    const { index } = graph;
    const element = index.elements[from]?.id ?? ('' as ElementId);
    return {
        element,
        label: labelOf(from),
        broken,
        levels: breaches.map((breach) => {
            const owned = openedWay(graph, from, breach);
            return {
                broken: breach.broken,
                words: radiusWords(graph, from, blastRadius(graph, from, breach)),
                reasons: owned?.way.edges.map((edge) => edge.because()) ?? [],
            };
        }),
        walls: shown.flatMap((other) => {
            const [weakest] = other === from ? [] : wallsBetween(index, everyReplica(graph, from), everyReplica(graph, other));
            return weakest === undefined ? [] : [{ label: labelOf(other), wall: weakest.wall, because: weakest.because }];
        }),
    };
}

export const everyReplica = ({ index }: Pick<ControlGraph, 'index'>, number: number) => ({
    element: index.elements[number]?.id ?? ('' as ElementId),
    ranges: [],
});

function radiusWords({ index }: ControlGraph, from: number, { machines, workloads }: BlastRadius): string {
    const own = index.elements[from]?.id;
    const others = workloads.filter((id) => id !== own).length;
    const falls = others === 0 ? 'falls alone' : `takes ${others} other ${others === 1 ? 'workload' : 'workloads'} along`;
    const owned = machines.map((id) => {
        const machine = index.topology.elements.get(id);
        return machine === undefined ? '' : `${kindWord(machine)} ${plainName(id)}`;
    });
    const listed = owned.length > mostNamed ? `${owned.slice(0, mostNamed).join(', ')} and ${owned.length - mostNamed} more` : owned.join(', ');
    return owned.length === 0 ? falls : others === 0 ? `takes ${listed} along, and no other workload` : `${falls}, with ${listed}`;
}

const mostNamed = 4;

/** The picture with everything marked that falls: what is on a fallen machine, and what is in a fallen workload. */
export function markFallen(scene: Scene, { graph, from }: BlastSubject, broken: BrokenLevel): Scene {
    const breach = breaches.find((each) => each.broken === broken) ?? breaches[0];
    const { machines, workloads } = blastRadius(graph, from, breach);
    const fallen = carriedBy(graph, new Set([...machines, ...workloads]));
    const origin = graph.index.elements[from]?.id;
    return {
        ...scene,
        boxes: scene.boxes.map((box) => (isMarked(box, fallen) ? marked(box, box.element === origin) : box)),
        legend: [...scene.legend, { role: 'container', marks: ['fallen'], label: 'falls with the attacker' }],
    };
}

/** Carriers come before what they carry, so one pass is enough. */
function carriedBy({ index }: ControlGraph, roots: ReadonlySet<ElementId>): ReadonlySet<string> {
    const fallen = new Set<string>();
    for (const [number, { id }] of index.elements.entries()) {
        const carrier = at(index.carrier, number);
        const below = carrier === none ? undefined : index.elements[carrier]?.id;
        if (roots.has(id) || (below !== undefined && fallen.has(below))) {
            fallen.add(id);
        }
    }
    return fallen;
}

const untouched: ReadonlySet<BoxRole> = new Set(['idle', 'over', 'overhead', 'more']);

function isMarked({ element, role }: SceneBox, fallen: ReadonlySet<string>): boolean {
    return element !== undefined && fallen.has(element) && !untouched.has(role);
}

/** From this width on there is room for the sign, which stands on the upper edge where no text is. */
const leastSigned = 24;

/** Of a sign, with the gap to the next one. */
const signWidth = 16;

function marked(box: SceneBox, isOrigin: boolean): SceneBox {
    const corner = box.x + box.width - 10;
    const free = box.signs.reduce((end, { x }) => Math.min(end, x - signWidth), corner);
    const signs = free - box.x < leastSigned - 10 ? box.signs : [...box.signs, { kind: 'fallen' as const, x: round(free), y: round(box.y + 3) }];
    return { ...box, marks: [...box.marks, 'fallen'], signs, description: `${box.description}; ${isOrigin ? 'the attacker is here' : 'falls with it'}` };
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** The workload at an element: itself, the container that it is in, or the first that it carries. */
export function workloadAt({ index }: ControlGraph, number: number): number | undefined {
    for (let next = number; next !== none; next = at(index.parent, next)) {
        if (isWorkload(index, next)) {
            return next;
        }
    }
    const under = new Set([number]);
    for (const next of index.elements.keys()) {
        if (under.has(at(index.carrier, next))) {
            under.add(next);
            if (isWorkload(index, next)) {
                return next;
            }
        }
    }
    return undefined;
}
