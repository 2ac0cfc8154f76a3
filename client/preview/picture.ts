/** Draws a scene into one SVG element, keyed by box, and knows which box carries which. */
import { patternShapes, type Scene, type SceneBox } from '#server/protocol.ts';
import { type BoxNode, boxNode, type TreePlace } from './box-node.ts';
import { setAttributes, svgNode } from './markup.ts';

export interface Picture {
    readonly element: SVGSVGElement;
    readonly draw: (scene: Scene) => void;
    /** Highlights every box of the element; `undefined` none. */
    readonly select: (element: string | undefined) => void;
    /** Leaves only the named boxes bright; `undefined` all. */
    readonly dim: (bright: ReadonlySet<string> | undefined) => void;
    readonly boxOf: (key: string) => SceneBox | undefined;
    readonly nodeOf: (key: string) => SVGGElement | undefined;
    /** The box that an event hit. */
    readonly keyAt: (target: EventTarget | null) => string | undefined;
    /** In tree order. */
    readonly keys: () => readonly string[];
    /** Boxes that stand on this one, or beside it on no other. */
    readonly carriedBy: (key: string | undefined) => readonly string[];
    /** First box of an element. */
    readonly keyOf: (element: string) => string | undefined;
}

/** With more boxes, changes are shown at once: moving them all costs more than it tells. */
const mostMoving = 600;

export function picture(): Picture {
    const layer = svgNode('g', { class: 'boxes' });
    const element = svgNode(
        'svg',
        { class: 'picture', role: 'tree', 'aria-orientation': 'vertical' },
        svgNode('defs', {}, ...patternShapes.map(patternNode)),
        layer,
    );
    const nodes = new Map<string, BoxNode>();
    let boxes = new Map<string, SceneBox>();
    let carried = new Map<string | undefined, string[]>();
    let selected: string | undefined;
    /** Boxes that are marked as selected. */
    let marked: readonly string[] = [];
    const keyAt = (target: EventTarget | null): string | undefined =>
        target instanceof Element ? (target.closest('[data-key]')?.getAttribute('data-key') ?? undefined) : undefined;
    element.addEventListener('pointerover', ({ target }) => nodes.get(keyAt(target) ?? '')?.explain());

    const draw = (scene: Scene): void => {
        boxes = new Map(scene.boxes.map((box) => [box.key, box]));
        carried = childrenOf(scene.boxes);
        setAttributes(element, { width: scene.width, height: scene.height, viewBox: `0 0 ${scene.width} ${scene.height}`, 'aria-label': scene.title });
        element.classList.toggle('still', scene.boxes.length > mostMoving);
        for (const [key, node] of nodes) {
            if (!boxes.has(key)) {
                node.group.remove();
                nodes.delete(key);
            }
        }
        placeNodes(scene.boxes);
        markSelected();
    };

    /** Nodes that already stand in order are not touched; one that is moved keeps its focus. */
    const placeNodes = (order: readonly SceneBox[]): void => {
        const focused = document.activeElement;
        const places = treePlaces(order, carried);
        let next = layer.firstElementChild;
        for (const box of order) {
            let node = nodes.get(box.key);
            if (node === undefined) {
                node = boxNode(box.key);
                nodes.set(box.key, node);
            }
            node.patch(box, places.get(box.key) ?? { level: 1, position: 1, siblings: 1 });
            if (node.group === next) {
                next = next.nextElementSibling;
            } else {
                layer.insertBefore(node.group, next);
            }
        }
        if (focused instanceof SVGElement && focused !== document.activeElement && element.contains(focused)) {
            focused.focus({ preventScroll: true });
        }
    };

    const markSelected = (): void => {
        const wanted = selected === undefined ? [] : [...boxes.values()].filter((box) => box.element === selected).map(({ key }) => key);
        for (const key of marked) {
            nodes.get(key)?.select('plain');
        }
        for (const key of wanted) {
            nodes.get(key)?.select('selected');
        }
        marked = wanted;
    };

    return {
        element,
        draw,
        select: (wanted) => {
            selected = wanted;
            markSelected();
        },
        dim: (bright) => {
            element.classList.toggle('searched', bright !== undefined);
            for (const [key, { group }] of nodes) {
                group.classList.toggle('found', bright?.has(key) === true);
            }
        },
        boxOf: (key) => boxes.get(key),
        nodeOf: (key) => nodes.get(key)?.group,
        keyAt,
        keys: () => [...boxes.keys()],
        carriedBy: (key) => carried.get(key) ?? [],
        keyOf: (wanted) => [...boxes.values()].find((box) => box.element === wanted)?.key,
    };
}

function childrenOf(boxes: readonly SceneBox[]): Map<string | undefined, string[]> {
    const children = new Map<string | undefined, string[]>();
    for (const { key, parent } of boxes) {
        const siblings = children.get(parent);
        if (siblings === undefined) {
            children.set(parent, [key]);
        } else {
            siblings.push(key);
        }
    }
    return children;
}

/** Carriers come before what they carry, so one pass is enough. */
function treePlaces(boxes: readonly SceneBox[], carried: ReadonlyMap<string | undefined, readonly string[]>): ReadonlyMap<string, TreePlace> {
    const places = new Map<string, TreePlace>();
    const seen = new Map<string | undefined, number>();
    for (const { key, parent } of boxes) {
        const position = (seen.get(parent) ?? 0) + 1;
        seen.set(parent, position);
        const level = parent === undefined ? 1 : (places.get(parent)?.level ?? 0) + 1;
        places.set(key, { level, position, siblings: carried.get(parent)?.length ?? 1 });
    }
    return places;
}

function patternNode({ id, size, turn, shape }: (typeof patternShapes)[number]): SVGPatternElement {
    return svgNode(
        'pattern',
        { id, width: size, height: size, patternUnits: 'userSpaceOnUse', patternTransform: `rotate(${turn})` },
        svgNode('path', { class: shape.className, d: shape.path }),
    );
}
