/** Gives one column its boxes: slabs from the ground up, each as wide as its share of what carries it. */
import type { SceneBox } from '../protocol.ts';
import { type Column, extentOf, type Over, overFloorOf, slabHeight, slabsHeight } from './column.ts';
import { mergeThin } from './merge-thin.ts';
import { placeSlab } from './place-slab.ts';
import { shareWidth } from './share-width.ts';

/** Where a column stands, in pixels. */
export interface Spot {
    /** Its left edge. */
    readonly x: number;
    /** The top of what carries it. */
    readonly ground: number;
    readonly width: number;
    /** Height that free room has, which is as high as what could stand in it; nothing else needs to know. */
    readonly height: number;
    /** Pixels for each base unit, in boxes drawn to scale. */
    readonly scale: number;
    /** Key of the box that carries it. */
    readonly parent: string | undefined;
}

interface Placed extends Spot {
    readonly boxes: readonly SceneBox[];
}

/** Where each column stood last. */
const placed = new WeakMap<Column, Placed>();

/**
 * Its own boxes, then those of all that it carries; the very same where the same column stands at the same place as in the picture before.
 * Calls itself as many levels deep as are drawn.
 */
export function placeColumn(column: Column, spot: Spot): readonly SceneBox[] {
    const before = placed.get(column);
    if (before !== undefined && isSameSpot(before, spot)) {
        return before.boxes;
    }
    const { x, ground, width, height, scale, parent } = spot;
    const boxes = placeAnew(column, spot);
    placed.set(column, { x, ground, width, height, scale, parent, boxes });
    return boxes;
}

function isSameSpot(one: Spot, other: Spot): boolean {
    return (
        one.x === other.x &&
        one.ground === other.ground &&
        one.width === other.width &&
        one.height === other.height &&
        one.scale === other.scale &&
        one.parent === other.parent
    );
}

interface PlacedSlabs {
    readonly boxes: readonly SceneBox[];
    readonly width: number;
    readonly top: number;
    readonly topKey: string | undefined;
}

function placeAnew(column: Column, spot: Spot): readonly SceneBox[] {
    const slabs = placeSlabs(column, spot);
    return column.carries.length === 0 && column.over === undefined ? slabs.boxes : slabs.boxes.concat(...placeCarried(column, spot, slabs));
}

function placeSlabs(column: Column, { x, ground, width: whole, height: freeHeight, scale, parent }: Spot): PlacedSlabs {
    const { slabs, over, amount } = column;
    const width = over === undefined ? whole : widthBeside(column, over, whole, scale);
    let [top, topKey] = [ground, parent];
    const boxes = slabs.map((slab) => {
        const height = Math.max(slabHeight(slab.role), freeHeight);
        top -= height;
        const box = placeSlab(slab, { x, y: top, width, height, trueWidth: amount * scale, parent: topKey });
        topKey = slab.key;
        return box;
    });
    if (over !== undefined) {
        boxes.push(placeSlab(over.slab, { x: x + width, y: top, width: whole - width, height: ground - top, trueWidth: over.amount * scale, parent: topKey }));
    }
    return { boxes, width, top, topKey };
}

/** Of a column that something sticks out of: the width of its slabs. */
function widthBeside(column: Column, over: Over, width: number, scale: number): number {
    const overFloor = overFloorOf(over);
    const claims = [
        { amount: column.amount, floor: column.floor - overFloor, yields: false },
        { amount: over.drawn, floor: overFloor, yields: false },
    ];
    return shareWidth(claims, width, scale)[0] ?? width;
}

/** What stands on the slabs; what needs more than they have reaches over their edge, what was not granted stands beyond it. */
function placeCarried({ slabs, over, carries, height }: Column, { x, width, scale }: Spot, own: PlacedSlabs): readonly (readonly SceneBox[])[] {
    const lost = over?.carries ?? [];
    const reach = over === undefined || lost.length > 0 ? own.width : width;
    const tallest = height - slabsHeight(slabs);
    const key = slabs[0]?.key ?? '';
    const place = (carried: readonly Column[], from: number, room: number, merged: string): readonly (readonly SceneBox[])[] => {
        const columns = mergeThin(carried, room, merged);
        const claims = columns.map((each) => ({ amount: extentOf(each), floor: each.floor, yields: isFree(each) }));
        const widths = shareWidth(claims, room, scale);
        let left = from;
        return columns.map((each, index) => {
            const spot = { x: left, ground: own.top, width: widths[index] ?? 0, height: isFree(each) ? tallest : 0, scale, parent: own.topKey };
            left += spot.width;
            return placeColumn(each, spot);
        });
    };
    return [...place(carries, x, reach, key), ...place(lost, x + own.width, width - own.width, `lost:${key}`)];
}

const isFree = ({ slabs: [slab] }: Column): boolean => slab?.role === 'idle';
