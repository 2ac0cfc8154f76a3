/**
 * Boxes that are painted: in tiles, which the browser shifts while somebody scrolls.
 * What is looked at is painted at once, what is near it a moment later, and what has not changed not again.
 */
import type { Region, SceneBox } from '#server/protocol.ts';
import { boxLooks } from './box-looks.ts';
import { htmlNode } from './markup.ts';
import { boxPainter } from './paint-box.ts';
import { isIn } from './region.ts';

export interface PaintLayer {
    readonly element: HTMLElement;
    /** From now on shows these boxes around what is looked at; of those that are not bright, little is left. */
    readonly paint: (boxes: readonly SceneBox[], seen: Region, bright: ReadonlySet<string> | undefined) => void;
    /** Shows what is painted so much wider, until the next painting. */
    readonly stretch: (factor: number) => void;
    readonly clear: () => void;
    /** Colours or fonts have changed: the next painting takes them up. */
    readonly forget: () => void;
}

/** Pixels of a tile: some are at the edges of what is looked at, so small ones waste less; each has its own price, so tiny ones cost more. */
const tile = { width: 512, height: 256 } as const;
/** How far beyond what is looked at tiles are painted, in pixels: a turn of the wheel finds them there already. */
const beyond = 200;

interface Tile {
    readonly canvas: HTMLCanvasElement;
    readonly region: Region;
    /** What it shows, and whether that is still what it should. */
    boxes: readonly SceneBox[];
    bright: ReadonlySet<string> | undefined;
    density: number;
}

/** `picture` is where the boxes would stand as nodes. */
export function paintLayer(picture: SVGElement): PaintLayer {
    const element = htmlNode('div', { class: 'painting', 'aria-hidden': 'true' });
    const looks = boxLooks(picture);
    let paintBoxes = boxPainter(looks);
    const tiles = new Map<string, Tile>();
    let later: ReturnType<typeof setTimeout> | undefined;

    const update = (at: Tile, boxes: readonly SceneBox[], bright: ReadonlySet<string> | undefined): void => {
        const density = window.devicePixelRatio;
        const inside = boxes.filter((box) => isIn(at.region, box));
        if (at.density === density && at.bright === bright && isSameList(at.boxes, inside)) {
            return;
        }
        Object.assign(at, { boxes: inside, bright, density });
        const [across, down] = [Math.ceil(tile.width * density), Math.ceil(tile.height * density)];
        if (at.canvas.width !== across || at.canvas.height !== down) {
            at.canvas.width = across;
            at.canvas.height = down;
        }
        paintBoxes(at.canvas, at.region, density, inside, bright);
    };
    /** One at a time, so that nothing has to wait for long. */
    const updateLater = (waiting: readonly Tile[], boxes: readonly SceneBox[], bright: ReadonlySet<string> | undefined): void => {
        const [next, ...rest] = waiting;
        if (next !== undefined) {
            later = setTimeout(() => {
                update(next, boxes, bright);
                updateLater(rest, boxes, bright);
            });
        }
    };
    const tileAt = (region: Region): Tile => {
        const key = `${region.left} ${region.top}`;
        const known = tiles.get(key);
        if (known !== undefined) {
            return known;
        }
        const canvas = htmlNode('canvas');
        canvas.style.transform = `translate(${region.left}px, ${region.top}px)`;
        canvas.style.width = `${tile.width}px`;
        canvas.style.height = `${tile.height}px`;
        const made: Tile = { canvas, region, boxes: [], bright: undefined, density: 0 };
        tiles.set(key, made);
        element.append(canvas);
        return made;
    };
    return {
        element,
        paint: (boxes, seen, bright) => {
            clearTimeout(later);
            looks.learn(boxes);
            element.style.transform = '';
            const wanted = regionsAround(seen).map(tileAt);
            for (const [key, known] of tiles) {
                if (!wanted.includes(known)) {
                    known.canvas.remove();
                    tiles.delete(key);
                }
            }
            for (const each of wanted.filter(({ region }) => overlap(region, seen))) {
                update(each, boxes, bright);
            }
            updateLater(
                wanted.filter(({ region }) => !overlap(region, seen)),
                boxes,
                bright,
            );
        },
        stretch: (factor) => {
            element.style.transform = factor === 1 ? '' : `scaleX(${factor})`;
        },
        clear: () => {
            clearTimeout(later);
            tiles.clear();
            element.replaceChildren();
        },
        forget: () => {
            looks.forget();
            paintBoxes = boxPainter(looks);
            for (const each of tiles.values()) {
                each.density = 0;
            }
        },
    };
}

/** The tiles that what is looked at is in or near. */
function regionsAround({ left, top, right, bottom }: Region): readonly Region[] {
    const regions: Region[] = [];
    for (let y = Math.max(0, Math.floor((top - beyond) / tile.height)); y * tile.height < bottom + beyond; y += 1) {
        for (let x = Math.max(0, Math.floor((left - beyond) / tile.width)); x * tile.width < right + beyond; x += 1) {
            const [from, down] = [x * tile.width, y * tile.height];
            regions.push({ left: from, top: down, right: from + tile.width, bottom: down + tile.height });
        }
    }
    return regions;
}

const overlap = (a: Region, b: Region): boolean => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

const isSameList = (a: readonly SceneBox[], b: readonly SceneBox[]): boolean => a.length === b.length && a.every((box, place) => box === b[place]);
