/** What holds for every picture, whatever stands on whatever. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawStrata } from '#server/picture/draw-strata.ts';
import { sceneToSvg } from '#server/picture/svg.ts';
import { textWidth } from '#server/picture/text-width.ts';
import { type PictureResource, pictureShares, type Scene, type SceneBox, type SceneOptions } from '#server/protocol.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { simulate } from '#simulation/simulate.ts';
import { topologies } from '../helpers/topology-sketches.ts';
import { gallery } from './gallery.ts';

/** The line between two boxes, in pixels, and what rounding to hundredths may add. */
const gap = 2;
const rounding = 0.03;

const options = fc.record({
    resource: fc.constantFrom<PictureResource>('cpu', 'memory'),
    share: fc.constantFrom(...pictureShares),
    width: fc.integer({ min: 120, max: 3000 }),
});

function draw(topology: Topology, given: SceneOptions): Scene {
    const result = simulate(topology);
    return drawStrata(result, result.findings, given);
}

function holdsForAll(property: (scene: Scene) => void): void {
    fc.assert(
        fc.property(topologies, options, (topology, given) => property(draw(topology, given))),
        { numRuns: 150 },
    );
    for (const topology of Object.values(gallery)) {
        for (const resource of ['cpu', 'memory'] as const) {
            for (const width of [320, 1000, 2400]) {
                property(draw(topology, { resource, width }));
            }
        }
    }
}

/** The room a box was given: the gap, which is at most half of it, included. */
const slotOf = ({ width }: SceneBox): number => Math.min(2 * width, width + gap);

const right = (box: SceneBox): number => box.x + box.width;
const bottom = (box: SceneBox): number => box.y + box.height;

describe('every picture', () => {
    test('has finite boxes with a width, inside its area', () => {
        holdsForAll(({ boxes, width, height }) => {
            for (const box of boxes) {
                expect(Object.values(box).every((value) => typeof value !== 'number' || Number.isFinite(value))).toBe(true);
                expect(box.width, box.key).toBeGreaterThan(0);
                expect(box.x).toBeGreaterThanOrEqual(0);
                expect(box.y).toBeGreaterThanOrEqual(0);
                expect(right(box), box.key).toBeLessThanOrEqual(width + rounding);
                expect(bottom(box), box.key).toBeLessThanOrEqual(height + rounding);
            }
        });
    });

    test('gives every box a key of its own, after the box that carries it', () => {
        holdsForAll(({ boxes }) => {
            const seen = new Set<string>();
            for (const { key, parent } of boxes) {
                expect(seen.has(key), key).toBe(false);
                expect(parent === undefined || seen.has(parent), `${key} on ${parent}`).toBe(true);
                seen.add(key);
            }
        });
    });

    test('never draws one box over another', () => {
        holdsForAll(({ boxes }) => {
            for (const [index, a] of boxes.entries()) {
                for (const b of boxes.slice(index + 1)) {
                    const apart = right(a) <= b.x + rounding || right(b) <= a.x + rounding || bottom(a) <= b.y + rounding || bottom(b) <= a.y + rounding;
                    expect(apart, `${a.key} and ${b.key}`).toBe(true);
                }
            }
        });
    });

    test('stands every box on what carries it', () => {
        holdsForAll((scene) => {
            for (const { carrier, carried, beside } of carriers(scene)) {
                const reach = right(beside ?? carrier);
                for (const box of carried) {
                    expect(bottom(box), box.key).toBeCloseTo(carrier.y - gap, 1);
                    expect(box.x).toBeGreaterThanOrEqual(carrier.x - gap / 2);
                    expect(right(box), `${box.key} on ${carrier.key}`).toBeLessThanOrEqual(reach + gap / 2);
                }
            }
        });
    });

    test('fills every carrier with what it carries, costs and leaves free', () => {
        holdsForAll((scene) => {
            for (const { carrier, carried, beside } of carriers(scene)) {
                const filled = carried.reduce((sum, box) => sum + slotOf(box) + overhang(scene, box), 0);
                const whole = [slotOf(carrier), slotOf(carrier) + (beside === undefined ? 0 : slotOf(beside))];
                expect(
                    whole.some((width) => Math.abs(width - filled) < 0.5 + carried.length * rounding),
                    `${carrier.key}: ${filled} of ${whole}`,
                ).toBe(true);
            }
        });
    });

    test('writes no text beyond its box', () => {
        holdsForAll(({ boxes }) => {
            for (const { key, label, detail, ...box } of boxes) {
                if (label !== undefined) {
                    expect(label.x + textWidth(label.text, 12), key).toBeLessThanOrEqual(box.x + box.width + rounding);
                }
                if (detail !== undefined) {
                    expect(detail.x + textWidth(detail.text, 11), key).toBeLessThanOrEqual(box.x + box.width + rounding);
                }
            }
        });
    });

    test('is the same picture every time, byte for byte', () => {
        fc.assert(
            fc.property(topologies, options, (topology, given) => {
                expect(sceneToSvg(draw(topology, given))).toBe(sceneToSvg(draw(topology, given)));
            }),
            { numRuns: 30 },
        );
    });
});

/** Width of what sticks out of the element that the slab begins. */
function overhang({ boxes }: Scene, { role, element }: SceneBox): number {
    const begins = role !== 'idle' && role !== 'overhead' && role !== 'over' && role !== 'more';
    const over = begins ? boxes.find(({ key }) => key === `over:${element}`) : undefined;
    return over === undefined ? 0 : slotOf(over);
}

interface Carrier {
    readonly carrier: SceneBox;
    readonly carried: readonly SceneBox[];
    /** What sticks out of the carrier. */
    readonly beside: SceneBox | undefined;
}

/** What sticks out of an element hangs beside its slabs, so it is no box that stands on them. */
function carriers({ boxes }: Scene): readonly Carrier[] {
    const over = new Map(boxes.filter(({ key }) => key.startsWith('over:')).map((box) => [box.element, box]));
    const standing = boxes.filter(({ key }) => !key.startsWith('over:'));
    return boxes.flatMap((carrier) => {
        const carried = standing.filter(({ parent }) => parent === carrier.key);
        const beside = over.get(carrier.element);
        return carried.length === 0 || carried.some(({ role }) => role === 'kernel') ? [] : [{ carrier, carried, beside }];
    });
}
