/** The whole picture in small, with a frame around what is in the window; only there where that is not all. By mouse: keys and table reach every box without it. */
import type { Region, Scene, SceneBox } from '#server/protocol.ts';
import { setAttributes, svgNode } from './markup.ts';

export interface Overview {
    readonly element: SVGSVGElement;
    readonly draw: (scene: Scene) => void;
    /** Moves the frame; `seen` is in the picture's pixels. */
    readonly look: (seen: Region) => void;
}

/** A point of the picture, in its pixels. */
export interface Point {
    readonly x: number;
    readonly y: number;
}

/** Pixels that it takes of the window. A picture that is zoomed is far wider than high: it is squeezed, so that its layers can still be told apart. */
const room = { width: 150, least: 40, most: 90 } as const;
/** Of a part that is not seen, less than this is the edge of the picture and nothing to look for. */
const edge = 24;

/** `onGo`: this point is wanted in the middle of the window. */
export function overview(onGo: (point: Point) => void): Overview {
    const machines = svgNode('path', { class: 'machines' });
    const loads = svgNode('path', { class: 'loads' });
    const wrong = svgNode('path', { class: 'wrong' });
    const frame = svgNode('rect', { class: 'frame' });
    const element = svgNode('svg', { class: 'overview away', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, machines, loads, wrong, frame);
    let whole = { width: 1, height: 1 };

    const go = (event: PointerEvent): void => {
        const { left, top, width, height } = element.getBoundingClientRect();
        onGo({ x: ((event.clientX - left) * whole.width) / width, y: ((event.clientY - top) * whole.height) / height });
    };
    element.addEventListener('pointerdown', (event) => {
        element.setPointerCapture(event.pointerId);
        go(event);
    });
    element.addEventListener('pointermove', (event) => {
        if (element.hasPointerCapture(event.pointerId)) {
            go(event);
        }
    });

    return {
        element,
        draw: ({ width, height, boxes }) => {
            whole = { width: Math.max(1, width), height: Math.max(1, height) };
            const scale = Math.min(room.width / whole.width, room.most / whole.height);
            const high = Math.max(room.least, whole.height * scale);
            setAttributes(element, { viewBox: `0 0 ${whole.width} ${whole.height}`, width: whole.width * scale, height: high });
            const visible = boxes.filter((box) => box.width * scale >= 1 && box.role !== 'idle');
            machines.setAttribute('d', outline(visible.filter((box) => !isWrong(box) && isMachine(box))));
            loads.setAttribute('d', outline(visible.filter((box) => !isWrong(box) && !isMachine(box))));
            wrong.setAttribute('d', outline(visible.filter(isWrong)));
        },
        look: ({ left, top, right, bottom }) => {
            const { width, height } = whole;
            element.classList.toggle('away', left < edge && top < edge && right > width - edge && bottom > height - edge);
            const [x, y] = [Math.max(0, left), Math.max(0, top)];
            setAttributes(frame, { x, y, width: Math.max(0, Math.min(width, right) - x), height: Math.max(0, Math.min(height, bottom) - y) });
        },
    };
}

const machineRoles: ReadonlySet<SceneBox['role']> = new Set(['hardware', 'hypervisor', 'vm', 'overhead']);
const isMachine = ({ role }: SceneBox): boolean => machineRoles.has(role);
const isWrong = ({ role, severity }: SceneBox): boolean => role === 'over' || severity === 'error';

/** All boxes as one path: thousands of nodes would cost more than they show at this size. */
function outline(boxes: readonly SceneBox[]): string {
    return boxes
        .map(({ x, y, width, height }) => `M${Math.round(x)} ${Math.round(y)}h${Math.round(width)}v${Math.round(height)}h${-Math.round(width)}z`)
        .join('');
}
