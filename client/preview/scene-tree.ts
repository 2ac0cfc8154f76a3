/** Which box carries which: what keyboard and screen reader walk, whether a box is drawn or not. */
import type { SceneBox } from '#server/protocol.ts';
import type { TreePlace } from './box-node.ts';

export interface SceneTree {
    /** By key, carriers before what they carry. */
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
    const take = (next: readonly SceneBox[]): void => {
        // After most edits, every box stands where it stood.
        const changed = changedIn(known, next);
        known = next;
        if (changed === undefined) {
            boxes.clear();
            carried.clear();
            for (const { key, parent } of next) {
                const siblings = carried.get(parent);
                if (siblings === undefined) {
                    carried.set(parent, [key]);
                } else {
                    siblings.push(key);
                }
            }
        }
        for (const box of changed ?? next) {
            boxes.set(box.key, box);
        }
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

/** The boxes that are other ones; nothing where they do not all stand in the same places of the tree. */
function changedIn(known: readonly SceneBox[], next: readonly SceneBox[]): readonly SceneBox[] | undefined {
    const changed = next.filter((box, place) => box !== known[place]);
    const isSamePlace = (box: SceneBox, place: number): boolean =>
        box === known[place] || (box.key === known[place]?.key && box.parent === known[place].parent);
    return known.length === next.length && next.every(isSamePlace) ? changed : undefined;
}
