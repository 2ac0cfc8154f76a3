/** The next scene from the one that is shown and what differs: boxes that stayed the same stay the same objects. */
import type { Scene, ScenePatch } from '#server/protocol.ts';

/** `frame` is the next scene without its boxes. */
export function patchScene(shown: Scene, frame: Scene, { boxes, order }: ScenePatch): Scene {
    const changed = new Map(boxes.map((box) => [box.key, box]));
    if (order === undefined) {
        return { ...frame, boxes: shown.boxes.map((box) => changed.get(box.key) ?? box) };
    }
    const known = new Map(shown.boxes.map((box) => [box.key, box]));
    return { ...frame, boxes: order.flatMap((key) => changed.get(key) ?? known.get(key) ?? []) };
}
