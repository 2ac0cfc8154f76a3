/** Which part of the picture is looked at, and which boxes are in a part. */
import type { Region, SceneBox } from '#server/protocol.ts';

export function isIn({ left, top, right, bottom }: Region, box: SceneBox): boolean {
    return box.x < right && box.x + box.width > left && box.y < bottom && box.y + box.height > top;
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
