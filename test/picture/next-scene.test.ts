/** From one picture to the next: what is sent of it, and what the page makes of it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Scene, SceneBox } from '#server/protocol.ts';
import { splicesBetween } from '#server/views/scene-splices.ts';
import { patchScene } from '../../client/preview/patch-scene.ts';
import { sceneTree } from '../../client/preview/scene-tree.ts';

/** Few keys, so that pictures have much in common; each box stands on the first, on none, or on one that is not there. */
const boxes = fc.uniqueArray(
    fc.record({
        key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        parent: fc.option(fc.constantFrom('a', 'b', 'z'), { nil: undefined }),
        width: fc.nat(2),
    }),
    { selector: ({ key }) => key },
);
const boxOf = ({ parent, ...rest }: { readonly key: string; readonly parent: string | undefined; readonly width: number }): SceneBox => ({
    role: 'container',
    x: 0,
    y: 0,
    height: 1,
    description: rest.key,
    count: 1,
    marks: [],
    signs: [],
    ...rest,
    // What stands on itself, or in a circle, is not a picture.
    ...(parent === undefined || parent >= rest.key ? {} : { parent }),
});

test('after any pictures, the tree is that of the last one', () => {
    fc.assert(
        fc.property(fc.array(boxes, { minLength: 1, maxLength: 6 }), (pictures) => {
            const tree = sceneTree([]);
            // Boxes that say the same are the same objects, as they are where the page has patched a picture.
            const known = new Map<string, SceneBox>();
            const shared = (box: SceneBox): SceneBox => {
                const same = known.get(JSON.stringify(box)) ?? box;
                known.set(JSON.stringify(box), same);
                return same;
            };
            const scenes = pictures.map((picture) => picture.map(boxOf).map(shared));
            for (const scene of scenes) {
                tree.take(scene);
            }
            const last = scenes.at(-1) ?? [];
            const fresh = sceneTree(last);
            expect(tree.boxes).toEqual(new Map(last.map((box) => [box.key, box])));
            for (const key of [undefined, 'a', 'b', 'c', 'd', 'e', 'z']) {
                expect(tree.carriedBy(key)).toEqual(last.filter(({ parent }) => parent === key).map((box) => box.key));
            }
            expect(last.map(tree.placeOf)).toEqual(last.map(fresh.placeOf));
        }),
        { numRuns: 500 },
    );
});

test('what differs makes the next picture of the one before, and holds nothing that is the same at its ends', () => {
    fc.assert(
        fc.property(boxes, boxes, (one, other) => {
            const [before, after] = [one.map(boxOf), other.map(boxOf)];
            const splices = splicesBetween(before, after);
            const frame: Scene = { width: 1, height: 1, title: '', legend: [], boxes: [] };
            expect(patchScene({ ...frame, boxes: before }, frame, splices).boxes).toEqual(after);
            for (const { at, removed, boxes: next } of splices) {
                expect(removed + next.length).toBeGreaterThan(0);
                expect(next[0]).not.toEqual(removed === 0 ? undefined : before[at]);
            }
            expect(splicesBetween(before, structuredClone(before))).toEqual([]);
        }),
        { numRuns: 2000 },
    );
});
