/** The tree that keyboard and screen reader walk, which takes up one picture after the other. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SceneBox } from '#server/protocol.ts';
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

test('after any pictures, it is the tree of the last one', () => {
    fc.assert(
        fc.property(fc.array(boxes, { minLength: 1, maxLength: 6 }), (pictures) => {
            const tree = sceneTree([]);
            const scenes = pictures.map((picture) => picture.map(boxOf));
            for (const scene of scenes) {
                tree.take(scene);
            }
            const last = scenes.at(-1) ?? [];
            const fresh = sceneTree(last);
            expect([...tree.boxes]).toEqual(last.map((box) => [box.key, box]));
            for (const key of [undefined, 'a', 'b', 'c', 'd', 'e', 'z']) {
                expect(tree.carriedBy(key)).toEqual(last.filter(({ parent }) => parent === key).map((box) => box.key));
            }
            expect(last.map(tree.placeOf)).toEqual(last.map(fresh.placeOf));
        }),
        { numRuns: 500 },
    );
});
