/** Walking the picture by keyboard: one box is in the tab order, arrows go where the eye would. */
import type { Picture } from './picture.ts';

export interface KeyboardWalk {
    /** After each drawing: keeps the box where somebody went, or else begins at the wished one, or at the first. */
    readonly refresh: (wished: string | undefined) => void;
    /** Makes a box current; `focus` also moves the keyboard there. */
    readonly moveTo: (key: string, how: 'focus' | 'quiet') => void;
    readonly current: () => string | undefined;
}

export interface WalkListeners {
    readonly onMove: (key: string) => void;
    readonly onReveal: (key: string) => void;
    readonly onLeave: () => void;
}

export const walkHelp = 'Up: what stands on it. Down: what carries it. Left and right: neighbours. Home and End: first and last. Enter: show in the editor.';

export function keyboardWalk(picture: Picture, listeners: WalkListeners): KeyboardWalk {
    let current: string | undefined;
    let hasGone = false;
    const moveTo = (key: string, how: 'focus' | 'quiet'): void => {
        const node = picture.hold(key);
        if (node === undefined) {
            return;
        }
        if (current !== undefined && current !== key) {
            picture.nodeOf(current)?.setAttribute('tabindex', '-1');
        }
        current = key;
        hasGone = true;
        node.setAttribute('tabindex', '0');
        if (how === 'focus') {
            node.focus();
            node.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        }
    };
    const step = (key: string): boolean => {
        const target = current === undefined ? picture.keys()[0] : targetOf(picture, current, key);
        if (target === undefined) {
            return false;
        }
        moveTo(target, 'focus');
        listeners.onMove(target);
        return true;
    };
    picture.element.addEventListener('keydown', (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) {
            return;
        }
        if ((event.key === 'Enter' || event.key === ' ') && current !== undefined) {
            listeners.onReveal(current);
            event.preventDefault();
        } else if (event.key === 'Escape') {
            listeners.onLeave();
        } else if (walkKeys.has(event.key)) {
            step(event.key);
            event.preventDefault();
        }
    });
    picture.element.addEventListener('focusin', (event) => {
        const key = picture.keyAt(event.target);
        if (key !== undefined) {
            moveTo(key, 'quiet');
            listeners.onMove(key);
        }
    });
    return {
        refresh: (wished) => {
            const before = hasGone && current !== undefined && picture.boxOf(current) !== undefined ? current : undefined;
            const key = before ?? wished ?? picture.keys()[0];
            current = undefined;
            if (key !== undefined) {
                moveTo(key, 'quiet');
                hasGone = before !== undefined;
            }
        },
        moveTo,
        current: () => current,
    };
}

const walkKeys: ReadonlySet<string> = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']);

function targetOf(picture: Picture, from: string, key: string): string | undefined {
    const parent = picture.boxOf(from)?.parent;
    switch (key) {
        case 'ArrowUp':
            return picture.carriedBy(from)[0];
        case 'ArrowDown':
            return parent;
        case 'ArrowLeft':
            return neighbour(picture.carriedBy(parent), from, -1);
        case 'ArrowRight':
            return neighbour(picture.carriedBy(parent), from, 1);
        case 'Home':
            return picture.keys()[0];
        case 'End':
            return picture.keys().at(-1);
        default:
            return undefined;
    }
}

function neighbour(siblings: readonly string[], from: string, by: 1 | -1): string | undefined {
    return siblings[siblings.indexOf(from) + by];
}
