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
/** Share of a host's own width. */
const mostOver = 0.6;
const widestFloor = 108;
const bandFloor = 7;

/** What is said of a box. Alternatives go from long to short; the first that fits is written. */
export interface Words {
    readonly labels: readonly string[];
    readonly details: readonly string[];
    readonly description: string;
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
    /** What is promised or wanted beyond `amount`: sticks out to the right of the slabs. */
    readonly over?: { readonly slab: Slab; readonly amount: number };
    /** From left to right. They fill the slabs, and `over` where they need more than `amount`. */
    readonly carries: readonly Column[];
    /** Height of everything in it. */
    readonly height: number;
    /** Width at which everything in it can be read. */
    readonly floor: number;
    /** Number of boxes it takes. */
    readonly boxes: number;
}

/** Width that the column takes in its carrier, in base units. */
export const extentOf = (column: Column): number => column.amount + (column.over?.amount ?? 0);

/** The same for a host: what sticks out of it is drawn to scale only so far, so that the rest stays readable. */
export const hostExtentOf = (host: Column): number =>
    host.amount + Math.min(host.over?.amount ?? 0, host.amount > 0 ? mostOver * host.amount : Number.POSITIVE_INFINITY);

export function column(parts: Pick<Column, 'slabs' | 'amount' | 'carries'> & Partial<Pick<Column, 'over'>>): Column {
    let [floor, tallest, boxes] = [0, 0, parts.slabs.length + (parts.over === undefined ? 0 : 1)];
    for (const carried of parts.carries) {
        floor += carried.floor;
        tallest = Math.max(tallest, carried.height);
        boxes += carried.boxes;
    }
    const own = Math.max(...parts.slabs.map(slabFloor)) + (parts.over === undefined ? 0 : slabFloor(parts.over.slab));
    return { ...parts, floor: Math.max(floor, own), height: tallest + slabsHeight(parts.slabs), boxes };
}

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
    const shortest = slab.words.labels.at(-1) ?? '';
    return Math.min(widestFloor, Math.max(2 * thinnest, textWidth(shortest, labelSize) + 2 * leastPadding + 4));
}
