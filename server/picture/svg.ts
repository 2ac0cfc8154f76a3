/** A picture as a standalone SVG document: the same bytes for the same picture, and nothing in it that a name could break out of. */
import type { LegendEntry, PlacedText, Scene, SceneBox, SceneScale, Sign } from '../protocol.ts';
import { detailSize, labelSize } from './column.ts';
import type { PatternShape } from './shapes.ts';
import { boxClasses, cornerOf, patternOf, patternShapes, signShapes, textRooms } from './shapes.ts';
import { pictureStyle } from './svg-style.ts';
import { textWidth, widestFont } from './text-width.ts';

const margin = 16;
const lineHeight = 22;
const noteSize = 11;
const swatchWidth = 22;

/** Lines of markup, and the room that they take from the upper left corner. */
export interface Drawing {
    readonly width: number;
    readonly height: number;
    /** Accessible name of the whole. */
    readonly title: string;
    readonly markup: readonly string[];
}

export const sceneToSvg = (scene: Scene): string => svgDocument(sceneDrawing(scene));

/** The boxes, and below them what their marks mean. */
export function sceneDrawing(scene: Scene): Drawing {
    const legend = placeLegend(scene);
    return {
        width: scene.width,
        height: Math.ceil(scene.height + legend.height),
        title: scene.title,
        markup: [...scene.boxes.map(boxMarkup), ...legend.markup],
    };
}

/** One drawing under the other. */
export function stacked(title: string, drawings: readonly Drawing[]): Drawing {
    let height = 0;
    const markup: string[] = [];
    for (const drawing of drawings) {
        markup.push(`<g transform="translate(0 ${height})">`, ...drawing.markup, '</g>');
        height += drawing.height;
    }
    return { width: drawings.reduce((widest, { width }) => Math.max(widest, width), 0), height, title, markup };
}

export function svgDocument({ width, height, title, markup }: Drawing): string {
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="graphics-document document" aria-label="${escapeXml(title)}">`,
        `<title>${escapeXml(title)}</title>`,
        `<style>${escapeXml(pictureStyle())}</style>`,
        `<defs>\n${patternDefinitions()}\n</defs>`,
        `<rect class="canvas" width="${width}" height="${height}"/>`,
        ...markup,
        '</svg>',
        '',
    ].join('\n');
}

export const patternDefinitions = (): string => patternShapes.map(patternMarkup).join('\n');

/** Text that is safe between tags and in quoted attributes; characters that XML forbids are dropped. */
export function escapeXml(text: string): string {
    return text
        .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll(`'`, '&#39;');
}

function boxMarkup(box: SceneBox): string {
    const shape = `x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="${cornerOf(box)}"`;
    const pattern = patternOf(box.role);
    const rooms = textRooms(box);
    return [
        `<g class="${boxClasses(box)}" role="graphics-symbol img"><title>${escapeXml(box.description)}</title><rect ${shape}/>`,
        ...(pattern === undefined ? [] : [`<rect class="pattern" ${shape} style="fill:url(#${pattern})"/>`]),
        ...textMarkup('label', box.label, { size: labelSize, room: rooms.label }),
        ...textMarkup('detail', box.detail, { size: detailSize, room: rooms.detail }),
        ...box.signs.map(signMarkup),
        '</g>',
    ].join('');
}

function textMarkup(kind: string, text: PlacedText | undefined, { size, room }: { readonly size: number; readonly room: number }): readonly string[] {
    if (text === undefined) {
        return [];
    }
    // Nobody knows what font a file will be shown in: where a wide one would run over the edge, the text has a length of its own.
    const length = textWidth(text.text, size);
    const fitted = widestFont * length > room && room > 0 ? ` textLength="${round(Math.min(length, room))}" lengthAdjust="spacingAndGlyphs"` : '';
    return [`<text class="${kind}" x="${text.x}" y="${text.y}"${fitted}>${escapeXml(text.text)}</text>`];
}

function signMarkup(sign: Sign): string {
    const paths = signShapes[sign.kind].map((shape) => `<path class="${shape.className}" d="${shape.path}"/>`);
    return `<g class="sign" transform="translate(${sign.x} ${sign.y})">${paths.join('')}</g>`;
}

function patternMarkup({ id, size, turn, shape }: PatternShape): string {
    return `<pattern id="${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})"><path class="${shape.className}" d="${shape.path}"/></pattern>`;
}

/** The scale, then one swatch for each entry, in as many lines as it takes. */
function placeLegend(scene: Scene): { readonly markup: readonly string[]; readonly height: number } {
    const markup: string[] = [];
    let x = margin;
    let y = scene.height + 8;
    if (scene.scale !== undefined) {
        markup.push(scaleMarkup(scene.scale, x, y));
        x += scene.scale.width + textWidth(scene.scale.label, noteSize) + 30;
    }
    for (const entry of scene.legend) {
        const width = swatchWidth + textWidth(entry.label, noteSize) + 18;
        if (x + width > scene.width - margin && x > margin) {
            x = margin;
            y += lineHeight;
        }
        markup.push(swatchMarkup(entry, x, y));
        x += width;
    }
    return { markup, height: markup.length === 0 ? 0 : y - scene.height + lineHeight };
}

function scaleMarkup(scale: SceneScale, x: number, y: number): string {
    const end = round(x + scale.width);
    return `<g class="scale"><path class="bar" d="M${x} ${y - 4}V${y + 4}M${x} ${y}H${end}M${end} ${y - 4}V${y + 4}"/><text class="note" x="${end + 7}" y="${y + 4}">${escapeXml(scale.label)}</text></g>`;
}

function swatchMarkup(entry: LegendEntry, x: number, y: number): string {
    const swatch: SceneBox = {
        key: '',
        role: entry.role,
        x: round(x),
        y: round(y - 6),
        width: 16,
        height: 12,
        description: entry.label,
        count: 1,
        marks: entry.marks ?? [],
        signs: [],
        ...(entry.tint === undefined ? {} : { tint: entry.tint }),
    };
    return `${boxMarkup(swatch)}<text class="note" x="${round(x + swatchWidth)}" y="${round(y + 4)}">${escapeXml(entry.label)}</text>`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
