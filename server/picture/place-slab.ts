/** Draws one slab as a box: as much of its words as it has room for, and its signs. */
import type { BoxMark, PlacedText, SceneBox, Sign } from '../protocol.ts';
import { detailSize, labelSize, leastPadding, padding, type Slab, slabHeight } from './column.ts';
import { cutToWidth, textWidth, widestFont } from './text-width.ts';

/** Half of the line between two boxes. */
const inset = 1;
const signSize = 12;
/** Height from which a box has room for a name and a figure below it. */
const twoLines = 38;
/** Deviations from scale below this are not worth a sign. */
const toleratedRatio = 1.15;
const toleratedPixels = 4;

/** Where a slab stands, the line around it included. */
export interface Slot extends Rectangle {
    /** Width of what it stands for, if it were drawn to scale. */
    readonly trueWidth: number;
    /** Key of the box that carries it. */
    readonly parent: string | undefined;
}

interface Rectangle {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
}

export function placeSlab(slab: Slab, slot: Slot): SceneBox {
    const gap = Math.min(inset, slot.width / 4);
    const box = { x: round(slot.x + gap), y: round(slot.y + inset), width: round(slot.width - 2 * gap), height: round(slot.height - 2 * inset) };
    const deviation = deviationOf(slab, slot);
    const { words, key, role, element, tint, count, severity } = slab;
    const marks = deviation === undefined ? slab.marks : [...slab.marks, deviation];
    const signs = signsOf(slab, box, marks);
    return {
        key,
        role,
        ...box,
        count,
        marks,
        signs,
        description: deviation === undefined ? words.description() : `${words.description()}; ${deviationWords[deviation]}`,
        ...textsOf(slab, box, signs),
        ...(element === undefined ? {} : { element }),
        ...(tint === undefined ? {} : { tint }),
        ...(slot.parent === undefined ? {} : { parent: slot.parent }),
        ...(severity === undefined ? {} : { severity }),
    };
}

const deviationWords = { widened: 'drawn wider than to scale', shortened: 'drawn narrower than to scale' } as const;

/** Only what has a size of its own can be out of scale: layers that carry are as wide as what they carry. */
function deviationOf(slab: Slab, { width, trueWidth }: Slot): keyof typeof deviationWords | undefined {
    if (slab.marks.includes('unknown') || slab.marks.includes('stopped') || slab.role === 'kernel') {
        return undefined;
    }
    if (width > trueWidth * toleratedRatio + toleratedPixels) {
        return 'widened';
    }
    return width < trueWidth / toleratedRatio - toleratedPixels ? 'shortened' : undefined;
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
