/** Draws a scene into one SVG element, keyed by box, and knows which box carries which. Of a large scene, only what is looked at has nodes. */
import { patternShapes, type Scene, type SceneBox } from '#server/protocol.ts';
import { type BoxNode, boxNode } from './box-node.ts';
import { readFont } from './fit-text.ts';
import { setAttributes, svgNode } from './markup.ts';
import { isIn, isSame, onGrid, type Region } from './region.ts';
import { sceneTree } from './scene-tree.ts';

export interface Picture {
    readonly element: SVGSVGElement;
    readonly draw: (scene: Scene, at: Region) => void;
    /** What is looked at, and a little more, gets its nodes; of a large scene, the rest loses them. */
    readonly look: (at: Region) => void;
    /** Draws what is there so much wider, until the next scene comes. */
    readonly stretch: (factor: number) => void;
    /** Highlights every box of the element; `undefined` none. */
    readonly select: (element: string | undefined) => void;
    /** Leaves only the named boxes bright; `undefined` all. */
    readonly dim: (bright: ReadonlySet<string> | undefined) => void;
    readonly boxOf: (key: string) => SceneBox | undefined;
    /** Nothing where the box has no node at the moment. */
    readonly nodeOf: (key: string) => SVGGElement | undefined;
    /** The box's node, which stays wherever the reader looks, until another is held. */
    readonly hold: (key: string) => SVGGElement | undefined;
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
/** With more boxes, those far from what is looked at have no nodes: the browser would walk through all of them in every frame. */
const mostWhole = 1500;

export function picture(): Picture {
    const layer = svgNode('g', { class: 'boxes' });
    const element = svgNode(
        'svg',
        { class: 'picture', role: 'tree', 'aria-orientation': 'vertical' },
        svgNode('defs', {}, ...patternShapes.map(patternNode)),
        layer,
    );
    const nodes = new Map<string, BoxNode>();
    let tree = sceneTree([]);
    let selected: string | undefined;
    let bright: ReadonlySet<string> | undefined;
    let held: string | undefined;
    let region: Region = { left: 0, top: 0, right: 0, bottom: 0 };
    const keyAt = (target: EventTarget | null): string | undefined =>
        target instanceof Element ? (target.closest('[data-key]')?.getAttribute('data-key') ?? undefined) : undefined;
    element.addEventListener('pointerover', ({ target }) => nodes.get(keyAt(target) ?? '')?.explain());

    const draw = (scene: Scene, at: Region): void => {
        region = onGrid(at);
        element.style.transform = '';
        tree = sceneTree(scene.boxes);
        setAttributes(element, { width: scene.width, height: scene.height, viewBox: `0 0 ${scene.width} ${scene.height}`, 'aria-label': scene.title });
        element.classList.toggle('still', scene.boxes.length > mostMoving);
        placeNodes();
    };

    const isDrawn = (box: SceneBox): boolean =>
        tree.boxes.size <= mostWhole || box.key === held || isIn(region, box) || nodes.get(box.key)?.group === document.activeElement;

    /** Nodes that already stand in order are not touched; one that is moved keeps its focus. */
    const placeNodes = (): void => {
        readFont();
        const order = [...tree.boxes.values()].filter(isDrawn);
        const wanted = new Set(order.map(({ key }) => key));
        for (const [key, node] of nodes) {
            if (!wanted.has(key)) {
                node.group.remove();
                nodes.delete(key);
            }
        }
        const focused = document.activeElement;
        let next = layer.firstElementChild;
        for (const box of order) {
            const node = nodes.get(box.key) ?? boxNode(box.key);
            nodes.set(box.key, node);
            node.patch(box, tree.placeOf(box));
            mark(box, node);
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

    const mark = (box: SceneBox, node: BoxNode): void => {
        node.select(selected !== undefined && box.element === selected ? 'selected' : 'plain');
        node.group.classList.toggle('found', bright?.has(box.key) === true);
    };
    const markAll = (): void => {
        for (const [key, node] of nodes) {
            const box = tree.boxes.get(key);
            if (box !== undefined) {
                mark(box, node);
            }
        }
    };

    return {
        element,
        draw,
        look: (at) => {
            const before = region;
            region = onGrid(at);
            if (tree.boxes.size > mostWhole && !isSame(before, region)) {
                placeNodes();
            }
        },
        stretch: (factor) => {
            element.style.transform = factor === 1 ? '' : `scaleX(${factor})`;
        },
        select: (wanted) => {
            selected = wanted;
            markAll();
        },
        dim: (wanted) => {
            bright = wanted;
            element.classList.toggle('searched', bright !== undefined);
            markAll();
        },
        boxOf: (key) => tree.boxes.get(key),
        nodeOf: (key) => nodes.get(key)?.group,
        hold: (key) => {
            held = key;
            if (!nodes.has(key) && tree.boxes.has(key)) {
                placeNodes();
            }
            return nodes.get(key)?.group;
        },
        keyAt,
        keys: () => [...tree.boxes.keys()],
        carriedBy: (key) => tree.carriedBy(key),
        keyOf: (wanted) => [...tree.boxes.values()].find((box) => box.element === wanted)?.key,
    };
}

function patternNode({ id, size, turn, shape }: (typeof patternShapes)[number]): SVGPatternElement {
    return svgNode(
        'pattern',
        { id, width: size, height: size, patternUnits: 'userSpaceOnUse', patternTransform: `rotate(${turn})` },
        svgNode('path', { class: shape.className, d: shape.path }),
    );
}
