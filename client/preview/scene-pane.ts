/** The picture with what belongs to it: a canvas that scrolls and zooms, the walk by keyboard, the legend, and one box in words. */
import type { FirstPart, Scene, SceneBox } from '#server/protocol.ts';
import { details } from './details.ts';
import { isSame } from './is-same.ts';
import { keyboardWalk, walkHelp } from './keyboard-walk.ts';
import { legendNodes } from './legend.ts';
import { htmlNode, setText } from './markup.ts';
import { onTheme } from './on-theme.ts';
import { overview } from './overview.ts';
import { type Extent, picture } from './picture.ts';
import { followPointer } from './pointer.ts';
import { seenIn } from './region.ts';
import { sceneTable } from './scene-table.ts';

export interface Scroll {
    readonly left: number;
    readonly top: number;
}

export interface ScenePane {
    /** What scrolls, all of it in small, what its marks mean, and one box in words. */
    readonly canvas: HTMLElement;
    readonly overview: SVGSVGElement;
    readonly legend: HTMLElement;
    readonly details: HTMLElement;
    readonly draw: (scene: Scene, extent: Extent) => void;
    /** What the reader looks at, or will once the next picture is there. */
    readonly firstPart: () => FirstPart;
    /** Draws the picture so much wider at once, until the next one comes. */
    readonly stretch: (factor: number) => void;
    /** Said in place of a picture. */
    readonly say: (words: string) => void;
    /** Highlights an element, and scrolls to it where the wish came from outside the picture. */
    readonly select: (element: string | undefined, from: 'inside' | 'outside') => void;
    /** Dims what does not match, in later pictures too. */
    readonly find: (text: string) => void;
    /** To the next box that matches. */
    readonly findNext: () => void;
    /** Boxes as a table instead of a picture. */
    readonly setForm: (form: 'picture' | 'table') => void;
    /** Where to scroll once the next picture is there. */
    readonly scrollLater: (scroll: Scroll) => void;
}

export interface SceneListeners {
    /** A click, or Enter; with Ctrl or Cmd, what the box's figures come from is wanted. */
    readonly onChoose: (box: SceneBox, wanted: 'element' | 'definition') => void;
    readonly onLeave: () => void;
    /** Number of boxes that match what is searched; nothing where nothing is. */
    readonly onMatches: (count: number | undefined) => void;
    /** The point stays where it is, in pixels from the canvas's left edge. */
    readonly onZoom: (by: number, at: number) => void;
    readonly onScroll: (scroll: Scroll) => void;
    readonly onResize: () => void;
}

export function scenePane(listeners: SceneListeners): ScenePane {
    const drawn = picture();
    const words = details();
    const empty = htmlNode('p', { class: 'empty' }, 'Loading …');
    const help = htmlNode('p', { class: 'hidden', id: 'walk-help' }, walkHelp);
    const canvas = htmlNode('div', { class: 'canvas' }, empty, drawn.element, drawn.painting, help);
    const legend = htmlNode('ul', { class: 'legend', 'aria-label': 'Legend' });
    const map = overview(({ x, y }) => canvas.scrollTo(x - canvas.clientWidth / 2, y - canvas.clientHeight / 2));
    drawn.element.setAttribute('aria-describedby', help.id);
    let later: Scroll | undefined;
    let matches: readonly string[] = [];
    let wanted = '';
    let selected: string | undefined;
    let explained: unknown;

    const look = (): void => {
        const seen = seenIn(canvas, drawn.element);
        drawn.look(seen);
        map.look(seen);
    };
    const describe = (key: string | undefined): void => {
        words.show(key === undefined ? undefined : drawn.boxOf(key));
    };
    const choose = (key: string | undefined, how: 'element' | 'definition'): void => {
        const box = key === undefined ? undefined : drawn.boxOf(key);
        if (box !== undefined) {
            listeners.onChoose(box, how);
        }
    };
    const walk = keyboardWalk(drawn, {
        onMove: describe,
        onReveal: (key) => choose(key, 'element'),
        onLeave: listeners.onLeave,
    });
    const table = sceneTable({ onChoose: (box) => listeners.onChoose(box, 'element'), onDescribe: (box) => describe(box.key) });
    canvas.append(table.element);
    onTheme(drawn.repaint);
    followPointer(canvas, drawn.element, {
        onClick: (event, how) => {
            const key = drawn.keyUnder(event);
            if (key !== undefined) {
                walk.moveTo(key, 'focus');
                choose(key, how);
            }
        },
        onPoint: (event) => {
            const key = event && drawn.keyUnder(event);
            drawn.point(key);
            describe(key ?? walk.current());
        },
        onZoom: listeners.onZoom,
        onLook: look,
        onScroll: () => listeners.onScroll({ left: canvas.scrollLeft, top: canvas.scrollTop }),
        onResize: listeners.onResize,
    });
    const find = (text: string): void => {
        wanted = text.trim().toLowerCase();
        const isSearched = wanted !== '';
        matches = isSearched ? drawn.keys().filter((key) => drawn.boxOf(key)?.description.toLowerCase().includes(wanted) === true) : [];
        drawn.dim(isSearched ? new Set(matches) : undefined);
        listeners.onMatches(isSearched ? matches.length : undefined);
    };
    return {
        canvas,
        overview: map.element,
        legend,
        details: words.element,
        find,
        firstPart: () => {
            const box = walk.current();
            return { ...seenIn(canvas, drawn.element, later), ...(box === undefined ? {} : { box }) };
        },
        draw: (scene, extent) => {
            // Asked for once: between two changes of the page, the browser would lay it out each time.
            const seen = seenIn(canvas, drawn.element, later);
            drawn.draw(scene, seen, extent);
            table.draw(scene);
            if (!isSame([scene.legend, scene.scale], explained)) {
                explained = [scene.legend, scene.scale];
                legend.replaceChildren(...legendNodes(scene));
            }
            walk.refresh(selected === undefined ? undefined : drawn.keyOf(selected));
            describe(walk.current());
            find(wanted);
            if (extent === 'whole') {
                map.draw(scene);
            }
            if (later === undefined) {
                map.look(seen);
            } else {
                canvas.scrollTo(later);
                later = undefined;
                // It may be that one cannot scroll as far as that.
                look();
            }
        },
        stretch: (factor) => {
            drawn.stretch(factor);
            if (later !== undefined) {
                canvas.scrollTo(later);
            }
        },
        say: (text) => setText(empty, text),
        select: (element, from) => {
            selected = element;
            drawn.select(element);
            table.select(element);
            const key = element === undefined || from === 'inside' ? undefined : drawn.keyOf(element);
            if (key !== undefined) {
                walk.moveTo(key, 'quiet');
                describe(key);
                drawn.nodeOf(key)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
            }
        },
        findNext: () => {
            const next = matches[(matches.indexOf(walk.current() ?? '') + 1) % matches.length];
            if (next !== undefined) {
                walk.moveTo(next, 'focus');
                describe(next);
            }
        },
        setForm: (form) => {
            drawn.element.classList.toggle('away', form === 'table');
            table.element.classList.toggle('away', form === 'picture');
        },
        scrollLater: (scroll) => {
            later = scroll;
        },
    };
}
