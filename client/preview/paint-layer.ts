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
    /** What is painted from now on; of boxes that are not bright, little is left. Nothing is seen of it before the next look. */
    readonly take: (boxes: readonly SceneBox[], bright: ReadonlySet<string> | undefined) => void;
    /** Paints what is looked at. */
    readonly look: (seen: Region) => void;
    readonly clear: () => void;
    /** Colours or fonts have changed: the next look takes them up. */
    readonly forget: () => void;
}

/** Pixels of a tile: some are at the edges of what is looked at, so small ones waste less; each has its own price, so tiny ones cost more. */
const tile = { width: 512, height: 256 } as const;
/** How far beyond what is looked at tiles are painted, in pixels: a turn of the wheel finds them there already. */
const beyond = 200;

interface Tile {
    readonly canvas: HTMLCanvasElement;
    readonly region: Region;
    /** What it shows, of which content, and how finely. */
    boxes: readonly SceneBox[];
    content: Content | undefined;
    density: number;
}

interface Content {
    /** By row of tiles, in their order; some stand in several. */
    readonly rows: ReadonlyMap<number, readonly SceneBox[]>;
    readonly bright: ReadonlySet<string> | undefined;
}

/** `picture` is where the boxes would stand as nodes. */
export function paintLayer(picture: SVGElement): PaintLayer {
    const element = htmlNode('div', { class: 'painting', 'aria-hidden': 'true' });
    const looks = boxLooks(picture);
    let paintBoxes = boxPainter(looks);
    const tiles = new Map<string, Tile>();
    /** Canvases that nothing is shown on: to get a new one takes longer than to paint it. */
    const spare: HTMLCanvasElement[] = [];
    let content: Content = { rows: new Map(), bright: undefined };
    let later: ReturnType<typeof setTimeout> | undefined;

    const update = (at: Tile): void => {
        const density = window.devicePixelRatio;
        if (at.content === content && at.density === density) {
            return;
        }
        const { rows, bright } = content;
        const inside = (rows.get(at.region.top / tile.height) ?? []).filter((box) => isIn(at.region, box));
        const isDone = at.content?.bright === bright && at.density === density && isSameList(at.boxes, inside);
        Object.assign(at, { boxes: inside, content, density });
        if (isDone) {
            return;
        }
        const [across, down] = [Math.ceil(tile.width * density), Math.ceil(tile.height * density)];
        if (at.canvas.width !== across || at.canvas.height !== down) {
            at.canvas.width = across;
            at.canvas.height = down;
        }
        looks.learn(inside);
        paintBoxes(at.canvas, at.region, density, inside, bright);
    };
    /** One at a time, so that nothing has to wait for long. */
    const updateLater = ([next, ...rest]: readonly Tile[]): void => {
        if (next !== undefined) {
            later = setTimeout(() => {
                update(next);
                updateLater(rest);
            });
        }
    };
    const tileAt = (region: Region): Tile => {
        const key = keyOf(region);
        const known = tiles.get(key);
        if (known !== undefined) {
            return known;
        }
        const canvas = spare.pop() ?? newCanvas();
        canvas.style.transform = `translate(${region.left}px, ${region.top}px)`;
        const made: Tile = { canvas, region, boxes: [], content: undefined, density: 0 };
        tiles.set(key, made);
        element.append(canvas);
        return made;
    };
    return {
        element,
        take: (boxes, bright) => {
            content = { rows: rowsOf(boxes), bright };
        },
        look: (seen) => {
            clearTimeout(later);
            const regions = regionsAround(seen);
            const kept = new Set(regions.map(keyOf));
            for (const [key, { canvas }] of tiles) {
                if (!kept.has(key)) {
                    tiles.delete(key);
                    canvas.remove();
                    spare.push(canvas);
                }
            }
            const wanted = regions.map(tileAt);
            const isSeen = ({ region }: Tile): boolean => overlap(region, seen);
            for (const at of wanted.filter(isSeen)) {
                update(at);
            }
            updateLater(wanted.filter((at) => !isSeen(at)));
        },
        clear: () => {
            clearTimeout(later);
            tiles.clear();
            spare.length = 0;
            element.replaceChildren();
        },
        forget: () => {
            looks.forget();
            paintBoxes = boxPainter(looks);
            for (const at of tiles.values()) {
                at.density = 0;
            }
        },
    };
}

const keyOf = ({ left, top }: Region): string => `${left} ${top}`;

function newCanvas(): HTMLCanvasElement {
    const canvas = htmlNode('canvas');
    canvas.style.width = `${tile.width}px`;
    canvas.style.height = `${tile.height}px`;
    return canvas;
}

function rowsOf(boxes: readonly SceneBox[]): Content['rows'] {
    const rows = new Map<number, SceneBox[]>();
    for (const box of boxes) {
        for (let row = Math.floor(box.y / tile.height); row * tile.height < box.y + box.height; row += 1) {
            const inRow = rows.get(row);
            if (inRow === undefined) {
                rows.set(row, [box]);
            } else {
                inRow.push(box);
            }
        }
    }
    return rows;
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
