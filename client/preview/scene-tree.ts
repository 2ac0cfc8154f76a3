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
}

export function sceneTree(all: readonly SceneBox[]): SceneTree {
    const boxes = new Map(all.map((box) => [box.key, box]));
    const carried = new Map<string | undefined, string[]>();
    for (const { key, parent } of all) {
        const siblings = carried.get(parent);
        if (siblings === undefined) {
            carried.set(parent, [key]);
        } else {
            siblings.push(key);
        }
    }
    const carriedBy = (key: string | undefined): readonly string[] => carried.get(key) ?? [];
    return {
        boxes,
        carriedBy,
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
