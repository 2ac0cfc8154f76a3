/** The nodes of one box: made once, then patched in place, so that focus and transitions survive an update. */
import { boxClasses, cornerOf, type PlacedText, patternOf, type SceneBox, signShapes, textRooms } from '#server/protocol.ts';
import { fitText } from './fit-text.ts';
import { isSame } from './is-same.ts';
import { setAttributes, setText, svgNode } from './markup.ts';

export interface BoxNode {
    readonly group: SVGGElement;
    readonly patch: (box: SceneBox, place: TreePlace) => void;
    /** Highlights it where its element is the selected one, and where somebody has found it. */
    readonly mark: (selected: string | undefined, isFound: boolean) => void;
    /** Makes the tooltip, which nobody needs before the pointer is there: thousands of them would have to be laid out. */
    readonly explain: () => void;
}

/** Where the box stands in the tree that keyboard and screen reader walk. */
export interface TreePlace {
    readonly level: number;
    readonly position: number;
    readonly siblings: number;
}

export function boxNode(key: string): BoxNode {
    const shape = svgNode('rect', { class: 'shape' });
    const group = svgNode('g', { role: 'treeitem', tabindex: -1, 'data-key': key, 'aria-selected': 'false' }, shape);
    const parts: {
        tooltip?: SVGTitleElement;
        pattern?: SVGRectElement;
        label?: SVGTextElement | undefined;
        detail?: SVGTextElement | undefined;
        signs: SVGGElement[];
    } = { signs: [] };
    let drawn: SceneBox | undefined;
    let stands: TreePlace | undefined;
    let [isSelected, isFound] = [false, false];
    const patch = (box: SceneBox, place: TreePlace): void => {
        if (!isSame(place, stands)) {
            stands = place;
            setAttributes(group, { 'aria-level': place.level, 'aria-posinset': place.position, 'aria-setsize': place.siblings });
        }
        // Comparing costs far less than touching nodes that did not change.
        if (isSame(box, drawn)) {
            return;
        }
        drawn = box;
        setAttributes(group, {
            class: classesOf(box),
            transform: `translate(${box.x} ${box.y})`,
            'aria-description': box.description,
            'data-element': box.element ?? '',
        });
        // What is written in the box is its name, so that whoever speaks to the page can say it; the rest describes it.
        if (box.label === undefined) {
            group.setAttribute('aria-label', box.description);
        } else {
            group.removeAttribute('aria-label');
        }
        if (parts.tooltip !== undefined) {
            setText(parts.tooltip, box.description);
        }
        setAttributes(shape, { width: box.width, height: box.height, rx: cornerOf(box) });
        patchPattern(box);
        parts.label = patchText('label', parts.label, box.label, box);
        parts.detail = patchText('detail', parts.detail, box.detail, box);
        const rooms = textRooms(box);
        if (parts.label !== undefined && box.label !== undefined) {
            fitText(parts.label, box.label.text, rooms.label);
        }
        if (parts.detail !== undefined && box.detail !== undefined) {
            fitText(parts.detail, box.detail.text, rooms.detail);
        }
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
        const kept = node ?? svgNode('text', { class: kind });
        setAttributes(kept, { x: text.x - box.x, y: text.y - box.y });
        setText(kept, text.text);
        if (kept.parentNode === null) {
            group.append(kept);
        }
        return kept;
    };
    const classesOf = (box: SceneBox): string => boxClasses(box) + (isSelected ? ' selected' : '') + (isFound ? ' found' : '');
    return {
        group,
        patch,
        mark: (selected, found) => {
            const isChosen = selected !== undefined && drawn?.element === selected;
            if (drawn !== undefined && (isChosen !== isSelected || found !== isFound)) {
                [isSelected, isFound] = [isChosen, found];
                setAttributes(group, { class: classesOf(drawn), 'aria-selected': String(isSelected) });
            }
        },
        explain: () => {
            if (parts.tooltip === undefined) {
                parts.tooltip = svgNode('title');
                group.prepend(parts.tooltip);
            }
            setText(parts.tooltip, drawn?.description ?? '');
        },
    };
}
