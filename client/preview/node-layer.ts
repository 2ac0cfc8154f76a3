/** Boxes as nodes, which have styles, focus, and names for who speaks to them or has them read. */
import type { SceneBox } from '#server/protocol.ts';
import { type BoxNode, boxNode } from './box-node.ts';
import { readFont } from './fit-text.ts';
import { svgNode } from './markup.ts';
import type { SceneTree } from './scene-tree.ts';

export interface NodeLayer {
    readonly element: SVGGElement;
    /** These boxes have nodes from now on, in this order, and no others. */
    readonly place: (boxes: readonly SceneBox[], tree: SceneTree) => void;
    /** Highlights the boxes of the selected element, and those that are `bright`. */
    readonly mark: (selected: string | undefined, bright: ReadonlySet<string> | undefined) => void;
    readonly nodeOf: (key: string) => BoxNode | undefined;
}

export function nodeLayer(): NodeLayer {
    const element = svgNode('g', { class: 'boxes' });
    const nodes = new Map<string, BoxNode>();
    return {
        element,
        /** Nodes that already stand in order are not touched; one that is moved keeps its focus. */
        place: (boxes, tree) => {
            readFont();
            const wanted = new Set(boxes.map(({ key }) => key));
            for (const [key, node] of nodes) {
                if (!wanted.has(key)) {
                    node.group.remove();
                    nodes.delete(key);
                }
            }
            const focused = document.activeElement;
            let next = element.firstElementChild;
            for (const box of boxes) {
                const node = nodes.get(box.key) ?? boxNode(box.key);
                nodes.set(box.key, node);
                node.patch(box, tree.placeOf(box));
                if (node.group === next) {
                    next = next.nextElementSibling;
                } else {
                    element.insertBefore(node.group, next);
                }
            }
            if (focused instanceof SVGElement && focused !== document.activeElement && element.contains(focused)) {
                focused.focus({ preventScroll: true });
            }
        },
        mark: (selected, bright) => {
            for (const [key, node] of nodes) {
                node.mark(selected, bright?.has(key) === true);
            }
        },
        nodeOf: (key) => nodes.get(key),
    };
}
