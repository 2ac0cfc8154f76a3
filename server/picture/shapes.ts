/** The shapes of boxes, patterns and signs as plain data, so that the page and the SVG file draw the same. */
import type { BoxRole, SceneBox, Sign } from '../protocol.ts';

export interface PathShape {
    readonly className: string;
    readonly path: string;
}

export interface PatternShape {
    readonly id: PatternName;
    readonly size: number;
    /** Degrees. */
    readonly turn: number;
    readonly shape: PathShape;
}

export type PatternName = 'hatch' | 'back-hatch' | 'cross' | 'dots' | 'stripes';

export const patternShapes: readonly PatternShape[] = [
    { id: 'hatch', size: 6, turn: 45, shape: { className: 'hatch', path: 'M0 0V6' } },
    { id: 'back-hatch', size: 9, turn: -45, shape: { className: 'hatch', path: 'M0 0V9' } },
    { id: 'cross', size: 7, turn: -45, shape: { className: 'cross', path: 'M0 0V7M0 0H7' } },
    { id: 'dots', size: 7, turn: 0, shape: { className: 'dots', path: 'M2 2H3' } },
    { id: 'stripes', size: 5, turn: 0, shape: { className: 'hatch', path: 'M1 0V5' } },
];

/** Around the sign's centre. */
export const signShapes: Readonly<Record<Sign['kind'], readonly PathShape[]>> = {
    error: [
        { className: 'error', path: 'M6.5 0A6.5 6.5 0 1 1-6.5 0 6.5 6.5 0 1 1 6.5 0Z' },
        { className: 'stroke', path: 'M-2.4-2.4 2.4 2.4M2.4-2.4-2.4 2.4' },
    ],
    warning: [
        { className: 'warning', path: 'M0-6.5 7 6H-7Z' },
        { className: 'stroke', path: 'M0-2V1.6M0 3.8V4' },
    ],
    shortened: [{ className: 'break', path: 'M-4 4-1-4M1 4 4-4' }],
    /** A flash. */
    fallen: [{ className: 'flash', path: 'M2-7-4 1H0L-2 7 4-1H0Z' }],
};

export function patternOf(role: BoxRole): PatternName | undefined {
    switch (role) {
        case 'overhead':
            return 'hatch';
        case 'over':
            return 'cross';
        case 'hypervisor':
            return 'dots';
        default:
            return undefined;
    }
}

/** Processes are round, machines are not. */
export function cornerOf(box: Pick<SceneBox, 'role' | 'width'>): number {
    const corner = box.role === 'process' ? 9 : box.role === 'hardware' ? 1 : 4;
    return Math.min(corner, box.width / 2);
}

export function boxClasses(box: Pick<SceneBox, 'role' | 'tint' | 'marks'>): string {
    return ['box', box.role, ...(box.tint === undefined ? [] : [`tint-${box.tint}`]), ...box.marks].join(' ');
}

/** Between a name and the figure behind it, and between that and the edge. */
const gap = 4;
const signRoom = 16;

/** Pixels that name and figure have, in whatever font they come to be written. */
export function textRooms({ x, width, label, detail, signs }: Pick<SceneBox, 'x' | 'width' | 'label' | 'detail' | 'signs'>): { label: number; detail: number } {
    const isOneLine = label !== undefined && detail !== undefined && detail.y === label.y;
    const isBesideSign = label !== undefined && signs.some(({ y }) => y - label.y < signRoom / 2 && label.y - y < signRoom);
    // As far from the right edge as from the left.
    const end = label === undefined ? 0 : isOneLine ? detail.x - gap : 2 * x + width - label.x;
    return {
        label: label === undefined ? 0 : Math.min(end, isBesideSign ? x + width - signRoom - gap : end) - label.x,
        detail: detail === undefined ? 0 : x + width - detail.x - gap,
    };
}
