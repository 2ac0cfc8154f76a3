/** What differs between two pictures, as little as need be sent. */
import type { SceneBox, ScenePatch, Splice } from '../protocol.ts';

/** One for each row of boxes that have changed; all between the first and the last place where other boxes stand than stood there is one row. */
export function splicesBetween(from: readonly SceneBox[], to: readonly SceneBox[]): ScenePatch {
    const shorter = Math.min(from.length, to.length);
    const isSameKey = (ofFrom: number, ofTo: number): boolean => from[ofFrom]?.key === to[ofTo]?.key;
    let before = 0;
    while (before < shorter && isSameKey(before, before)) {
        before += 1;
    }
    let behind = 0;
    while (behind < shorter - before && isSameKey(from.length - 1 - behind, to.length - 1 - behind)) {
        behind += 1;
    }
    const shift = to.length - from.length;
    const middle = { at: before, removed: from.length - before - behind, boxes: to.slice(before, to.length - behind) };
    return [
        ...changedRows(from, to, 0, before, 0),
        ...(middle.removed + middle.boxes.length === 0 ? [] : [middle]),
        ...changedRows(from, to, from.length - behind, from.length, shift),
    ];
}

/** Of boxes that stand where they stood, or all `shift` places further. */
function changedRows(from: readonly SceneBox[], to: readonly SceneBox[], first: number, end: number, shift: number): readonly Splice[] {
    const rows: Splice[] = [];
    for (let place = first; place < end; place += 1) {
        const start = place;
        while (place < end && !isSameBox(from[place], to[place + shift])) {
            place += 1;
        }
        if (place > start) {
            rows.push({ at: start, removed: place - start, boxes: to.slice(start + shift, place + shift) });
        }
    }
    return rows;
}

const isSameBox = (box: SceneBox | undefined, other: SceneBox | undefined): boolean =>
    box === other || (box !== undefined && other !== undefined && textOf(box) === textOf(other));

/** Written once: for the revision of a picture, and for what differs from the scene before and from the one after. */
const texts = new WeakMap<SceneBox, string>();

export function textOf(box: SceneBox): string {
    const text = texts.get(box) ?? JSON.stringify(box);
    texts.set(box, text);
    return text;
}
