/** The nodes of one box: made once, then patched in place, so that focus and transitions survive an update. */
import { boxClasses, cornerOf, type PlacedText, patternOf, type SceneBox, signShapes } from '#server/protocol.ts';
import { setAttributes, setText, svgNode } from './markup.ts';

export interface BoxNode {
    readonly group: SVGGElement;
    readonly patch: (box: SceneBox, place: TreePlace) => void;
}

/** Where the box stands in the tree that keyboard and screen reader walk. */
export interface TreePlace {
    readonly level: number;
    readonly position: number;
    readonly siblings: number;
}

export function boxNode(key: string): BoxNode {
    const tooltip = svgNode('title');
    const shape = svgNode('rect', { class: 'shape' });
    const group = svgNode('g', { role: 'treeitem', tabindex: -1, 'data-key': key }, tooltip, shape);
    const parts: { pattern?: SVGRectElement; label?: SVGTextElement | undefined; detail?: SVGTextElement | undefined; signs: SVGGElement[] } = { signs: [] };
    let drawn = '';
    const patch = (box: SceneBox, place: TreePlace): void => {
        setAttributes(group, { 'aria-level': place.level, 'aria-posinset': place.position, 'aria-setsize': place.siblings });
        // Comparing the whole box as text costs less than touching nodes that did not change.
        const next = JSON.stringify(box);
        if (next === drawn) {
            return;
        }
        drawn = next;
        const selected = group.classList.contains('selected');
        setAttributes(group, {
            class: boxClasses(box) + (selected ? ' selected' : ''),
            transform: `translate(${box.x} ${box.y})`,
            'aria-label': box.description,
            'data-element': box.element ?? '',
        });
        setText(tooltip, box.description);
        setAttributes(shape, { width: box.width, height: box.height, rx: cornerOf(box) });
        patchPattern(box);
        parts.label = patchText('label', parts.label, box.label, box);
        parts.detail = patchText('detail', parts.detail, box.detail, box);
        for (const sign of parts.signs) {
            sign.remove();
        }
        parts.signs = box.signs.map((sign) =>
            svgNode(
                'g',
                { class: 'sign', transform: `translate(${sign.x - box.x} ${sign.y - box.y})` },
                ...signShapes[sign.kind].map((part) => svgNode('path', { class: part.className, d: part.path })),
            ),
        );
        group.append(...parts.signs);
    };
    const patchPattern = (box: SceneBox): void => {
        const name = patternOf(box.role);
        if (name === undefined) {
            parts.pattern?.remove();
            delete parts.pattern;
            return;
        }
        parts.pattern ??= svgNode('rect', { class: 'pattern' });
        setAttributes(parts.pattern, { width: box.width, height: box.height, rx: cornerOf(box), fill: `url(#${name})` });
        shape.after(parts.pattern);
    };
    const patchText = (kind: string, node: SVGTextElement | undefined, text: PlacedText | undefined, box: SceneBox): SVGTextElement | undefined => {
        if (text === undefined) {
            node?.remove();
            return undefined;
        }
        const kept = node ?? svgNode('text', { class: kind, 'aria-hidden': 'true' });
        setAttributes(kept, { x: text.x - box.x, y: text.y - box.y });
        setText(kept, text.text);
        if (kept.parentNode === null) {
            group.append(kept);
        }
        return kept;
    };
    return { group, patch };
}
