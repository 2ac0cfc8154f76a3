/** Paints boxes on a canvas, each as its node would look. */
import { cornerOf, type PatternName, type PlacedText, patternShapes, type Region, type SceneBox, textRooms } from '#server/protocol.ts';
import type { BoxLook, BoxLooks, PathLook, TextLook } from './box-looks.ts';
import { htmlNode } from './markup.ts';

/** Paints the part of the picture that is in the region, `density` pixels of the screen for each of its own; of boxes that are not bright, little is left. */
export type PaintBoxes = (
    canvas: HTMLCanvasElement,
    region: Region,
    density: number,
    boxes: readonly SceneBox[],
    bright: ReadonlySet<string> | undefined,
) => void;

/** Of what was searched and is not it; as the style sheet has it for nodes. */
const dimmed = 0.3;

/** `looks` must know the boxes. */
export function boxPainter(looks: BoxLooks): PaintBoxes {
    const patterns = new Map<PatternName, CanvasPattern>();
    const patternOf = (on: CanvasRenderingContext2D, name: PatternName, density: number): CanvasPattern | undefined => {
        const pattern = patterns.get(name) ?? makePattern(on, name, density, looks);
        if (pattern !== undefined) {
            patterns.set(name, pattern);
        }
        return pattern;
    };
    const paintShape = (on: CanvasRenderingContext2D, box: SceneBox, look: BoxLook, alpha: number, density: number): void => {
        on.beginPath();
        on.roundRect(box.x, box.y, box.width, box.height, cornerOf(box));
        paintPath(on, look.shape, alpha);
        const pattern = look.pattern === undefined ? undefined : patternOf(on, look.pattern, density);
        if (pattern !== undefined) {
            // A pattern begins anew in each box, as it does in a node's own coordinates.
            on.translate(box.x, box.y);
            on.globalAlpha = alpha;
            on.fillStyle = pattern;
            on.fill();
            on.translate(-box.x, -box.y);
        }
    };
    const paintSigns = (on: CanvasRenderingContext2D, box: SceneBox, alpha: number): void => {
        for (const { kind, x, y } of box.signs) {
            on.translate(x, y);
            for (const { path, look } of looks.sign(kind)) {
                paintPath(on, look, alpha, path);
            }
            on.translate(-x, -y);
        }
    };
    return (canvas, { left, top }, density, boxes, bright) => {
        const on = canvas.getContext('2d');
        if (on === null) {
            return;
        }
        on.setTransform(1, 0, 0, 1, 0, 0);
        on.clearRect(0, 0, canvas.width, canvas.height);
        on.setTransform(density, 0, 0, density, -left * density, -top * density);
        const all = boxes.map((box) => ({ box, look: looks.of(box), alpha: bright === undefined || bright.has(box.key) ? 1 : dimmed, rooms: textRooms(box) }));
        for (const { box, look, alpha } of all) {
            paintShape(on, box, look, alpha, density);
        }
        // All names, then all figures: a canvas takes its time to change fonts.
        for (const { box, look, alpha, rooms } of all) {
            paintText(on, box.label, look.label, alpha, rooms.label);
        }
        for (const { box, look, alpha, rooms } of all) {
            paintText(on, box.detail, look.detail, alpha, rooms.detail);
        }
        for (const { box, alpha } of all) {
            paintSigns(on, box, alpha);
        }
    };
}

/** The path that was begun, where none is given. */
function paintPath(on: CanvasRenderingContext2D, look: PathLook, alpha: number, path?: Path2D): void {
    if (look.fill !== 'none') {
        on.globalAlpha = look.alpha * alpha;
        on.fillStyle = look.fill;
        path === undefined ? on.fill() : on.fill(path);
    }
    if (look.stroke !== 'none') {
        on.globalAlpha = look.strokeAlpha * alpha;
        on.strokeStyle = look.stroke;
        on.lineWidth = look.width;
        on.lineCap = look.cap;
        on.setLineDash([...look.dashes]);
        path === undefined ? on.stroke() : on.stroke(path);
    }
}

/** Letters that need more than `room` are set closer, as in a node. */
function paintText(on: CanvasRenderingContext2D, text: PlacedText | undefined, look: TextLook, alpha: number, room: number): void {
    if (text === undefined || room <= 0) {
        return;
    }
    on.font = look.font;
    on.globalAlpha = look.alpha * alpha;
    if (look.halo !== undefined) {
        on.strokeStyle = look.halo.stroke;
        on.lineWidth = look.halo.width;
        on.lineJoin = 'round';
        on.setLineDash([]);
        on.strokeText(text.text, text.x, text.y, room);
    }
    on.fillStyle = look.fill;
    on.fillText(text.text, text.x, text.y, room);
}

function makePattern(on: CanvasRenderingContext2D, name: PatternName, density: number, looks: BoxLooks): CanvasPattern | undefined {
    const pattern = patternShapes.find(({ id }) => id === name);
    const fine = Math.ceil(density);
    const tile = htmlNode('canvas', { width: (pattern?.size ?? 1) * fine, height: (pattern?.size ?? 1) * fine });
    const onTile = tile.getContext('2d');
    if (pattern === undefined || onTile === null) {
        return undefined;
    }
    onTile.scale(fine, fine);
    paintPath(onTile, looks.pattern(name), 1, new Path2D(pattern.shape.path));
    const made = on.createPattern(tile, 'repeat');
    made?.setTransform(new DOMMatrix().rotate(pattern.turn).scale(1 / fine));
    return made ?? undefined;
}
