/** Gives one column its boxes: slabs from the ground up, each as wide as its share of what carries it. */
import type { BoxMark, PlacedText, SceneBox, Sign } from '../protocol.ts';
import type { Column, Over, Slab } from './column.ts';
import { detailSize, extentOf, labelSize, leastPadding, overFloorOf, padding, slabHeight, slabsHeight } from './column.ts';
import { mergeThin } from './merge-thin.ts';
import { shareWidth } from './share-width.ts';
import { cutToWidth, textWidth, widestFont } from './text-width.ts';

/** Where a column stands: its left edge, the top of what carries it, and its width; in pixels. */
interface Standing {
    readonly column: Column;
    readonly x: number;
    readonly ground: number;
    readonly width: number;
    /** Height of the tallest neighbour: free room is as high as what could stand in it. */
    readonly tallest: number;
    readonly parent?: string;
}

/** Half of the line between two boxes. */
const inset = 1;
const signSize = 12;
/** Height from which a box has room for a name and a figure below it. */
const twoLines = 38;
/** Deviations from scale below this are not worth a sign. */
const toleratedRatio = 1.15;
const toleratedPixels = 4;

/** `scale` is pixels for each base unit in boxes drawn to scale. */
export function placeColumn(column: Column, x: number, ground: number, width: number, scale: number): readonly SceneBox[] {
    const boxes: SceneBox[] = [];
    const pending: Standing[] = [{ column, x, ground, width, tallest: 0 }];
    for (let standing = pending.pop(); standing !== undefined; standing = pending.pop()) {
        const own = placeSlabs(standing, scale);
        boxes.push(...own.boxes);
        pending.push(...placeCarried(standing, own, scale).reverse());
    }
    return boxes;
}

interface PlacedSlabs {
    readonly boxes: readonly SceneBox[];
    readonly slabWidth: number;
    readonly top: number;
    readonly topKey: string | undefined;
}

function placeSlabs(standing: Standing, scale: number): PlacedSlabs {
    const { column, x, ground, width } = standing;
    const boxes: SceneBox[] = [];
    const slabWidth = column.over === undefined ? width : widthBeside(column, column.over, width, scale);
    let [top, parent] = [ground, standing.parent];
    for (const slab of column.slabs) {
        const height = slab.role === 'idle' ? Math.max(slabHeight(slab.role), standing.tallest) : slabHeight(slab.role);
        top -= height;
        boxes.push(boxOf(slab, { x, y: top, width: slabWidth, height }, parent, scaleMarks(slab, slabWidth, column.amount * scale)));
        parent = slab.key;
    }
    if (column.over !== undefined) {
        const rectangle = { x: x + slabWidth, y: top, width: width - slabWidth, height: ground - top };
        boxes.push(boxOf(column.over.slab, rectangle, parent, scaleMarks(column.over.slab, rectangle.width, column.over.amount * scale)));
    }
    return { boxes, slabWidth, top, topKey: parent };
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
function placeCarried(standing: Standing, own: PlacedSlabs, scale: number): Standing[] {
    const { column, x, width } = standing;
    const lost = column.over?.carries ?? [];
    const reach = column.over === undefined || lost.length > 0 ? own.slabWidth : width;
    const tallest = column.height - slabsHeight(column.slabs);
    const key = column.slabs[0]?.key ?? '';
    const place = (carried: readonly Column[], from: number, room: number, merged: string): Standing[] => {
        const columns = mergeThin(carried, room, merged);
        const widths = shareWidth(
            columns.map((each) => ({ amount: extentOf(each), floor: each.floor, yields: each.slabs[0]?.role === 'idle' })),
            room,
            scale,
        );
        let left = from;
        return columns.map((each, index) => {
            const standsAt = {
                column: each,
                x: left,
                ground: own.top,
                width: widths[index] ?? 0,
                tallest,
                ...(own.topKey === undefined ? {} : { parent: own.topKey }),
            };
            left += standsAt.width;
            return standsAt;
        });
    };
    return [...place(column.carries, x, reach, key), ...place(lost, x + own.slabWidth, width - own.slabWidth, `lost:${key}`)];
}

/** Only what has a size of its own can be out of scale: layers that carry are as wide as what they carry. */
function scaleMarks(slab: Slab, width: number, trueWidth: number): readonly BoxMark[] {
    if (slab.marks.includes('unknown') || slab.marks.includes('stopped') || slab.role === 'kernel') {
        return [];
    }
    if (width > trueWidth * toleratedRatio + toleratedPixels) {
        return ['widened'];
    }
    return width < trueWidth / toleratedRatio - toleratedPixels ? ['shortened'] : [];
}

interface Rectangle {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
}

function boxOf(slab: Slab, slot: Rectangle, parent: string | undefined, scaleMark: readonly BoxMark[]): SceneBox {
    const gap = Math.min(inset, slot.width / 4);
    const box = { x: round(slot.x + gap), y: round(slot.y + inset), width: round(slot.width - 2 * gap), height: round(slot.height - 2 * inset) };
    const marks = [...slab.marks, ...scaleMark];
    const signs = signsOf(slab, box, marks);
    const { words, key, role, element, tint, count, severity } = slab;
    const notes = [
        words.description(),
        ...(scaleMark.includes('widened') ? ['drawn wider than to scale'] : []),
        ...(scaleMark.includes('shortened') ? ['drawn narrower than to scale'] : []),
    ];
    return {
        key,
        role,
        ...box,
        count,
        marks,
        signs,
        description: notes.join('; '),
        ...textsOf(slab, box, signs),
        ...(element === undefined ? {} : { element }),
        ...(tint === undefined ? {} : { tint }),
        ...(parent === undefined ? {} : { parent }),
        ...(severity === undefined ? {} : { severity }),
    };
}

/** Two lines where the slab is high enough, else the figure behind the name. Free room is labelled where its neighbours' first row is. */
function textsOf(slab: Slab, box: Rectangle, signs: readonly Sign[]): { label?: PlacedText; detail?: PlacedText } {
    const lines = box.height >= twoLines ? 2 : 1;
    const longest = textWidth(slab.words.labels[0] ?? '', labelSize) + 2 * padding;
    const side = Math.min(longest <= box.width ? padding : leastPadding, box.width / 6);
    const start = round(box.x + side);
    const full = box.width - 2 * side;
    const room = full - (signs.some((sign) => sign.kind === 'error' || sign.kind === 'warning') ? signSize + 2 : 0);
    const label =
        firstThatFits(slab.words.labels, room, labelSize) ?? (isNamed(slab) ? cutToWidth(slab.words.labels.at(-1) ?? '', room, labelSize) : undefined);
    if (label === undefined || label === '') {
        return {};
    }
    // What follows a name on its line starts where the name ends in the widest font, so that the two never touch.
    const used = widestFont * textWidth(label, labelSize) + padding;
    const detail = firstThatFits(slab.words.details, lines === 2 ? full : room - used, detailSize);
    const base = round(box.y + box.height - (lines === 1 ? 9 : detail === undefined ? 16 : 23));
    if (detail === undefined) {
        return { label: { text: label, x: start, y: base } };
    }
    const place = lines === 2 ? { x: start, y: round(base + 14) } : { x: round(start + used), y: base };
    return { label: { text: label, x: start, y: base }, detail: { text: detail, ...place } };
}

/** A name that is cut is still a hint; an amount that is cut is another amount. */
const isNamed = ({ role }: Slab): boolean => role !== 'idle' && role !== 'overhead' && role !== 'over' && role !== 'more';

const firstThatFits = (texts: readonly string[], room: number, fontSize: number): string | undefined => texts.find((text) => textWidth(text, fontSize) <= room);

function signsOf(slab: Slab, box: Rectangle, marks: readonly BoxMark[]): readonly Sign[] {
    const right = round(box.x + box.width - signSize);
    const signs: Sign[] = [];
    if (slab.severity !== undefined && box.width >= 2 * signSize) {
        signs.push({ kind: slab.severity, x: right, y: round(box.y + box.height / (slabHeight(slab.role) >= 40 ? 3.2 : 2)) });
    }
    if ((slab.role === 'idle' || slab.role === 'over') && marks.includes('shortened') && box.width >= 4 * signSize) {
        signs.push({ kind: 'shortened', x: right, y: round(box.y + signSize) });
    }
    return signs;
}

/** Hundredths of a pixel are finer than any screen, and keep the picture's text short. */
const round = (value: number): number => Math.round(value * 100) / 100;
