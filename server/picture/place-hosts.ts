/** Puts hosts side by side in rows, all with one scale, so that widths can be compared between them. */
import type { SceneBox } from '../protocol.ts';
import type { Column } from './column.ts';
import { extentOf } from './column.ts';
import { placeColumn } from './place-column.ts';

export interface PlacedHosts {
    readonly boxes: readonly SceneBox[];
    readonly height: number;
    /** Pixels for each base unit; absent where no host has a size. */
    readonly scale?: number;
    /** Hosts that are not drawn because there are too many boxes already. */
    readonly left: number;
}

const margin = 16;
const hostGap = 28;
const rowGap = 36;
/** A picture with more boxes is not read any more, and drawing them takes long. */
const mostBoxes = 10_000;
/** How much wider than readable the picture may get where there is room. */
const comfort = 1.3;

export function placeHosts(all: readonly Column[], width: number): PlacedHosts {
    const hosts = drawable(all);
    const room = Math.max(80, width - 2 * margin);
    const scale = scaleFor(hosts, room);
    const rows = rowsOf(hosts, room, scale);
    const boxes: SceneBox[] = [];
    let top = margin;
    for (const row of rows) {
        const ground = top + row.reduce((tallest, host) => Math.max(tallest, host.height), 0);
        let x = margin;
        for (const host of row) {
            const slot = widthOf(host, room, scale);
            for (const box of placeColumn(host, { x, ground, width: slot, height: 0, scale, parent: undefined })) {
                boxes.push(box);
            }
            x += slot + hostGap;
        }
        top = ground + rowGap;
    }
    return { boxes, height: rows.length === 0 ? 2 * margin : top - rowGap + margin, left: all.length - hosts.length, ...(scale > 0 ? { scale } : {}) };
}

function drawable(hosts: readonly Column[]): readonly Column[] {
    let boxes = 0;
    const last = hosts.findIndex((host, index) => {
        boxes += Math.min(host.boxes, mostBoxes / 2);
        return index > 0 && boxes > mostBoxes;
    });
    return last === -1 ? hosts : hosts.slice(0, last);
}

/** As large as everybody needs to be readable, as far as the largest host still fits; then rows are filled up. */
function scaleFor(hosts: readonly Column[], room: number): number {
    const largest = hosts.reduce((most, host) => Math.max(most, extentOf(host)), 0);
    if (largest <= 0) {
        return 0;
    }
    const readable = hosts.reduce((most, host) => (extentOf(host) > 0 ? Math.max(most, (host.floor * comfort) / extentOf(host)) : most), 0);
    const scale = Math.min(room / largest, readable);
    const stretch = rowsOf(hosts, room, scale).reduce((least, row) => Math.min(least, stretchOf(row, room, scale)), Number.POSITIVE_INFINITY);
    return Math.min(room / largest, scale * Math.max(1, stretch));
}

/** By what factor the scale could grow until the row is full. */
function stretchOf(row: readonly Column[], room: number, scale: number): number {
    const used = row.reduce((sum, host) => sum + widthOf(host, room, scale), 0);
    return used <= 0 ? 1 : (room - (row.length - 1) * hostGap) / used;
}

function rowsOf(hosts: readonly Column[], room: number, scale: number): readonly (readonly Column[])[] {
    const rows: Column[][] = [];
    let used = Number.POSITIVE_INFINITY;
    for (const host of hosts) {
        const slot = widthOf(host, room, scale);
        const row = rows.at(-1);
        if (row === undefined || used + hostGap + slot > room + 0.01) {
            rows.push([host]);
            used = slot;
        } else {
            row.push(host);
            used += hostGap + slot;
        }
    }
    return rows;
}

const widthOf = (host: Column, room: number, scale: number): number => Math.min(room, Math.max(extentOf(host) * scale, host.floor));
