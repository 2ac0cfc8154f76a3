/** Draws a scene, keyed by box, and knows which box carries which: with a node for each box, or painted where those would be too many. */
import { patternShapes, type Region, type Scene, type SceneBox } from '#server/protocol.ts';
import { setAttributes, svgNode } from './markup.ts';
import { nodeLayer } from './node-layer.ts';
import { paintLayer } from './paint-layer.ts';
import { sceneTree } from './scene-tree.ts';

/** Whether all boxes of the scene are there, or those that are looked at while the others are on their way. */
export type Extent = 'whole' | 'part';

export interface Picture {
    readonly element: SVGSVGElement;
    /** What is painted, under the nodes. */
    readonly painting: HTMLElement;
    readonly draw: (scene: Scene, at: Region, extent: Extent) => void;
    /** What is looked at, and a little more, is painted. */
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
    /** The box whose node this is or is in. */
    readonly keyAt: (target: EventTarget | null) => string | undefined;
    /** The box under the pointer. */
    readonly keyUnder: (event: MouseEvent) => string | undefined;
    /** The box that is pointed at explains itself. */
    readonly point: (key: string | undefined) => void;
    /** Colours or fonts have changed. */
    readonly repaint: () => void;
    /** In tree order. */
    readonly keys: () => readonly string[];
    /** Boxes that stand on this one, or beside it on no other. */
    readonly carriedBy: (key: string | undefined) => readonly string[];
    /** First box of an element. */
    readonly keyOf: (element: string) => string | undefined;
}

/** With more boxes, changes are shown at once: moving them all costs more than it tells. */
const mostMoving = 600;
/**
 * With more boxes they are painted, and only those that somebody deals with have nodes, over the painting:
 * a browser takes far longer to style, lay out and draw a node than to paint it, and looks at all of them again in each frame.
 */
const mostNodes = 1500;

export function picture(): Picture {
    const nodes = nodeLayer();
    const element = svgNode(
        'svg',
        { class: 'picture', role: 'tree', 'aria-orientation': 'vertical' },
        svgNode('defs', {}, ...patternShapes.map(patternNode)),
        nodes.element,
    );
    const painting = paintLayer(element);
    const tree = sceneTree([]);
    let selected: string | undefined;
    let bright: ReadonlySet<string> | undefined;
    let held: string | undefined;
    let pointed: string | undefined;
    let boxes: readonly SceneBox[] = [];
    let seen: Region = { left: 0, top: 0, right: 0, bottom: 0 };
    let isPainted = false;
    let stretched = 1;

    const keyAt = (target: EventTarget | null): string | undefined =>
        target instanceof Element ? (target.closest('[data-key]')?.getAttribute('data-key') ?? undefined) : undefined;
    const paint = (): void => {
        if (isPainted) {
            painting.take(boxes, bright);
            painting.look(seen);
        } else {
            painting.clear();
        }
    };
    const placeNodes = (): void => {
        const dealtWith = new Set([held, pointed, keyAt(document.activeElement)]);
        const isDealtWith = (box: SceneBox): boolean => dealtWith.has(box.key) || (selected !== undefined && box.element === selected);
        nodes.place(isPainted ? boxes.filter(isDealtWith) : boxes, tree);
        nodes.mark(selected, bright);
    };
    const stretch = (factor: number): void => {
        stretched = factor;
        for (const { style } of [element, painting.element]) {
            style.transform = factor === 1 ? '' : `scaleX(${factor})`;
        }
    };
    /** A box that has just become one that somebody deals with. */
    const dealWith = (key: string | undefined): void => {
        if (isPainted || (key !== undefined && nodes.nodeOf(key) === undefined)) {
            placeNodes();
        }
    };

    return {
        element,
        painting: painting.element,
        draw: (next, at, extent) => {
            boxes = next.boxes;
            tree.take(boxes);
            seen = at;
            isPainted = extent === 'part' || next.boxes.length > mostNodes;
            stretch(1);
            setAttributes(element, { width: next.width, height: next.height, viewBox: `0 0 ${next.width} ${next.height}`, 'aria-label': next.title });
            element.classList.toggle('still', isPainted || next.boxes.length > mostMoving);
            placeNodes();
            paint();
        },
        look: (at) => {
            seen = { ...at, left: at.left / stretched, right: at.right / stretched };
            if (isPainted) {
                painting.look(seen);
            }
        },
        repaint: () => {
            painting.forget();
            paint();
        },
        stretch,
        select: (wanted) => {
            selected = wanted;
            placeNodes();
        },
        dim: (wanted) => {
            if (wanted !== undefined || bright !== undefined) {
                bright = wanted;
                element.classList.toggle('searched', bright !== undefined);
                nodes.mark(selected, bright);
                paint();
            }
        },
        boxOf: (key) => tree.boxes.get(key),
        nodeOf: (key) => nodes.nodeOf(key)?.group,
        hold: (key) => {
            held = key;
            dealWith(key);
            return nodes.nodeOf(key)?.group;
        },
        point: (key) => {
            if (key !== pointed) {
                pointed = key;
                dealWith(key);
            }
            nodes.nodeOf(key ?? '')?.explain();
        },
        keyAt,
        keyUnder: ({ target, clientX, clientY }) => {
            const { left, top } = element.getBoundingClientRect();
            const [x, y] = [(clientX - left) / stretched, clientY - top];
            return keyAt(target) ?? boxes.findLast((box) => isOn(box, x, y))?.key;
        },
        keys: () => boxes.map(({ key }) => key),
        carriedBy: (key) => tree.carriedBy(key),
        keyOf: (wanted) => boxes.find((box) => box.element === wanted)?.key,
    };
}

const isOn = (box: SceneBox, x: number, y: number): boolean => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

function patternNode({ id, size, turn, shape }: (typeof patternShapes)[number]): SVGPatternElement {
    return svgNode(
        'pattern',
        { id, width: size, height: size, patternUnits: 'userSpaceOnUse', patternTransform: `rotate(${turn})` },
        svgNode('path', { class: shape.className, d: shape.path }),
    );
}
