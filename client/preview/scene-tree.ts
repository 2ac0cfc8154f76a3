/** Which box carries which: what keyboard and screen reader walk, whether a box is drawn or not. */
import type { SceneBox } from '#server/protocol.ts';
import type { TreePlace } from './box-node.ts';

export interface SceneTree {
    /** By key. */
    readonly boxes: ReadonlyMap<string, SceneBox>;
    /** Boxes that stand on this one, or beside it on no other. */
    readonly carriedBy: (key: string | undefined) => readonly string[];
    /** Reckoned when it is asked for, since of a large scene little is drawn. */
    readonly placeOf: (box: SceneBox) => TreePlace;
    /** From now on these are the boxes. */
    readonly take: (next: readonly SceneBox[]) => void;
}

export function sceneTree(all: readonly SceneBox[]): SceneTree {
    const boxes = new Map<string, SceneBox>();
    const carried = new Map<string | undefined, string[]>();
    let known: readonly SceneBox[] = [];
    const carriedBy = (key: string | undefined): readonly string[] => carried.get(key) ?? [];
    /** After most edits nearly every box stands where it stood: only what is between the first and the last that does not is taken out and put in. */
    const take = (next: readonly SceneBox[]): void => {
        const [before, behind] = sameEnds(known, next);
        const [gone, come] = [known.slice(before, known.length - behind), next.slice(before, next.length - behind)];
        for (const { key } of gone) {
            boxes.delete(key);
        }
        const shift = next.length - known.length;
        const isKnown = (box: SceneBox, place: number): boolean => box === known[place < before ? place : place - shift];
        const isBetween = (place: number): boolean => place >= before && place < next.length - behind;
        for (const box of next.filter((each, place) => isBetween(place) || !isKnown(each, place))) {
            boxes.set(box.key, box);
        }
        const others = new Set([...gone, ...come].map(({ parent }) => parent));
        for (const parent of others) {
            carried.delete(parent);
        }
        for (const { key, parent } of others.size === 0 ? [] : next) {
            if (others.has(parent)) {
                append(carried, parent, key);
            }
        }
        known = next;
    };
    take(all);
    return {
        boxes,
        carriedBy,
        take,
        placeOf: ({ key, parent }) => {
            const beside = carriedBy(parent);
            let level = 1;
            for (let carrier = parent; carrier !== undefined; carrier = boxes.get(carrier)?.parent) {
                level += 1;
            }
            return { level, position: beside.indexOf(key) + 1, siblings: beside.length };
        },
    };
}

/** How many boxes at the beginning, and how many at the end, stand where the known ones stand. */
function sameEnds(known: readonly SceneBox[], next: readonly SceneBox[]): readonly [before: number, behind: number] {
    const shorter = Math.min(known.length, next.length);
    const isSamePlace = (one: SceneBox | undefined, other: SceneBox | undefined): boolean =>
        one === other || (one?.key === other?.key && one?.parent === other?.parent);
    let before = 0;
    while (before < shorter && isSamePlace(known[before], next[before])) {
        before += 1;
    }
    let behind = 0;
    while (behind < shorter - before && isSamePlace(known[known.length - 1 - behind], next[next.length - 1 - behind])) {
        behind += 1;
    }
    return [before, behind];
}

function append(lists: Map<string | undefined, string[]>, parent: string | undefined, key: string): void {
    const list = lists.get(parent);
    if (list === undefined) {
        lists.set(parent, [key]);
    } else {
        list.push(key);
    }
}
