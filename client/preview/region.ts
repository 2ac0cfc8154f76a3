/** Which part of the picture is looked at, and which boxes are near enough to it to be drawn. */
import type { SceneBox } from '#server/protocol.ts';

/** A part of the picture, in its own pixels. */
export interface Region {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
}

/** How far beyond what is looked at boxes are drawn, in pixels: a turn of the wheel finds them there already. */
const beyond = 150;

/** New nodes come in bunches, one for several turns of the wheel: each bunch has the browser lay out and paint anew, and a plain scroll has not. */
const grid = 400;

export function onGrid({ left, top, right, bottom }: Region): Region {
    const [floor, ceil] = [(value: number): number => grid * Math.floor(value / grid), (value: number): number => grid * Math.ceil(value / grid)];
    return { left: floor(left), top: floor(top), right: ceil(right), bottom: ceil(bottom) };
}

export const isSame = (a: Region, b: Region): boolean => a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;

export function isIn({ left, top, right, bottom }: Region, box: SceneBox): boolean {
    return box.x < right + beyond && box.x + box.width > left - beyond && box.y < bottom + beyond && box.y + box.height > top - beyond;
}

/** What of the picture is in the window, or will be after scrolling; canvas, view or window may be what scrolls. */
export function seenIn(
    canvas: HTMLElement,
    drawn: SVGSVGElement,
    later: Pick<Region, 'left' | 'top'> = { left: canvas.scrollLeft, top: canvas.scrollTop },
): Region {
    const [whole, frame] = [drawn.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const left = whole.left + canvas.scrollLeft - later.left;
    const top = whole.top + canvas.scrollTop - later.top;
    return {
        left: Math.max(frame.left, 0) - left,
        top: Math.max(frame.top, 0) - top,
        right: Math.min(frame.right, window.innerWidth) - left,
        bottom: Math.min(frame.bottom, window.innerHeight) - top,
    };
}
