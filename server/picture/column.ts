/** What the picture is made of before it has coordinates: an element's slabs, and the columns that stand on them. */

import type { ElementId } from '#simulation/model/ids.ts';
import type { BoxMark, BoxRole } from '../protocol.ts';
import { textWidth } from './text-width.ts';

export const labelSize = 12;
export const detailSize = 11;
/** Between a slab's edge and its text. */
export const padding = 8;
/** The same where room is short. */
export const leastPadding = 4;
/** Slabs thinner than this can't be told apart. */
export const thinnest = 14;
const widestFloor = 108;
const bandFloor = 7;

/** What is said of a box. Alternatives go from long to short; the first that fits is written. */
export interface Words {
    readonly labels: readonly string[];
    readonly details: readonly string[];
    /** Asked for only where the box is drawn. */
    readonly description: () => string;
}

export interface Slab {
    readonly key: string;
    readonly role: BoxRole;
    readonly element?: ElementId;
    readonly words: Words;
    readonly tint?: number;
    readonly count: number;
    readonly marks: readonly BoxMark[];
    readonly severity?: 'error' | 'warning';
}

/** A slab (a machine: its hardware and its kernel, from the bottom up) with all that stands on it. */
export interface Column {
    readonly slabs: readonly Slab[];
    /** What the width stands for, of all replicas together, in base units. */
    readonly amount: number;
    readonly over?: Over;
    /** From left to right. They fill the slabs; where they need more than `amount`, they reach over the edge. */
    readonly carries: readonly Column[];
    /** Height of everything in it. */
    readonly height: number;
    /** Width at which everything in it can be read. */
    readonly floor: number;
    /** Number of boxes it takes. */
    readonly boxes: number;
}

/** What is promised or wanted beyond the amount: sticks out to the right of the slabs. */
export interface Over {
    readonly slab: Slab;
    readonly amount: number;
    /** What of it is drawn; the rest would only make everything else too small to read. */
    readonly drawn: number;
    /** What was wanted and not granted, by who wanted it. */
    readonly carries: readonly Column[];
}

/** Width that the column takes in its carrier, in base units. */
export const extentOf = (column: Column): number => column.amount + (column.over?.drawn ?? 0);

export function column({ slabs, amount, over, carries }: Pick<Column, 'slabs' | 'amount' | 'carries'> & { readonly over?: Over | undefined }): Column {
    const overFloor = over === undefined ? 0 : overFloorOf(over);
    const own = Math.max(...slabs.map(slabFloor));
    const carriedFloor = sumOf(carries, ({ floor }) => floor);
    const reachesOver = over !== undefined && over.carries.length === 0;
    return {
        slabs,
        amount,
        carries,
        floor: reachesOver ? Math.max(carriedFloor, own + overFloor) : Math.max(carriedFloor, own) + overFloor,
        height: slabsHeight(slabs) + Math.max(tallestOf(carries), over === undefined ? 0 : tallestOf(over.carries)),
        boxes: slabs.length + sumOf(carries, ({ boxes }) => boxes) + (over === undefined ? 0 : 1 + over.carries.length),
        ...(over === undefined ? {} : { over }),
    };
}

/** Least width of the part that sticks out. */
export function overFloorOf(over: Over): number {
    return Math.max(
        slabFloor(over.slab),
        sumOf(over.carries, ({ floor }) => floor),
    );
}

const tallestOf = (columns: readonly Column[]): number => columns.reduce((tallest, { height }) => Math.max(tallest, height), 0);
const sumOf = (columns: readonly Column[], figure: (column: Column) => number): number => columns.reduce((sum, each) => sum + figure(each), 0);

export const slabsHeight = (slabs: readonly Slab[]): number => slabs.reduce((sum, slab) => sum + slabHeight(slab.role), 0);

/** Layers that only carry are low; what someone sizes or runs has two lines. */
export function slabHeight(role: BoxRole): number {
    switch (role) {
        case 'kernel':
        case 'hypervisor':
        case 'engine':
        case 'slice':
        case 'pod':
            return 28;
        case 'hardware':
        case 'vm':
        case 'container':
        case 'process':
        case 'overhead':
        case 'idle':
        case 'over':
        case 'more':
            return 42;
        default:
            return role satisfies never;
    }
}

/** Bands and free room are read by their pattern, so they may be narrow; everything else should show its name. */
function slabFloor(slab: Slab): number {
    if (slab.role === 'overhead' || slab.role === 'over') {
        return bandFloor;
    }
    if (slab.role === 'idle') {
        return thinnest;
    }
    const shortest = slab.words.labels.at(slab.role === 'more' ? 0 : -1) ?? '';
    return Math.min(widestFloor, Math.max(2 * thinnest, textWidth(shortest, labelSize) + 2 * leastPadding + 4));
}
