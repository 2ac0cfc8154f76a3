/** The next scene from the one that is shown and what differs: boxes that stayed the same stay the same objects. */
import type { Scene, SceneBox, ScenePatch } from '#server/protocol.ts';
import { isSame } from './is-same.ts';

/** `frame` is the next scene without its boxes. */
export function patchScene(shown: Scene, frame: Scene, patch: ScenePatch): Scene {
    switch (patch.kind) {
        case 'changed': {
            const boxes = [...shown.boxes];
            for (const [index, place] of patch.places.entries()) {
                boxes.splice(place, 1, ...patch.boxes.slice(index, index + 1));
            }
            return { ...frame, boxes };
        }
        case 'ordered': {
            const boxes = new Map([...shown.boxes, ...patch.boxes].map((box) => [box.key, box]));
            return { ...frame, boxes: patch.order.flatMap((key) => boxes.get(key) ?? []) };
        }
        default:
            return patch satisfies never;
    }
}

/** All of a scene of which a part is shown. */
export function completeScene(part: readonly SceneBox[], whole: Scene): Scene {
    const known = new Map(part.map((box) => [box.key, box]));
    return {
        ...whole,
        boxes: whole.boxes.map((box) => {
            const shown = known.get(box.key);
            return shown !== undefined && isSame(shown, box) ? shown : box;
        }),
    };
}
