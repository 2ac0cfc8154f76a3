/** The next scene from the one that is shown and what differs: boxes that stayed the same stay the same objects. */
import type { Scene, SceneBox, ScenePatch } from '#server/protocol.ts';
import { isSame } from './is-same.ts';

/** `frame` is the next scene without its boxes. */
export function patchScene(shown: Scene, frame: Scene, patch: ScenePatch): Scene {
    const boxes = [...shown.boxes];
    // From the last: places are those of the known boxes.
    for (const { at, removed, boxes: next } of patch.toReversed()) {
        boxes.splice(at, removed, ...next);
    }
    return { ...frame, boxes };
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
