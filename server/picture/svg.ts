/** A picture as a standalone SVG document: the same bytes for the same picture, and nothing in it that a name could break out of. */
import type { LegendEntry, PlacedText, Scene, SceneBox, SceneScale, Sign } from '../protocol.ts';
import { pictureStyle } from './svg-style.ts';
import { textWidth } from './text-width.ts';

const margin = 16;
const lineHeight = 22;
const noteSize = 11;
const swatchWidth = 22;

export function sceneToSvg(scene: Scene): string {
    const legend = placeLegend(scene);
    const height = Math.ceil(scene.height + legend.height);
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${scene.width} ${height}" width="${scene.width}" height="${height}" role="graphics-document document" aria-label="${escapeXml(scene.title)}">`,
        `<title>${escapeXml(scene.title)}</title>`,
        `<style>${escapeXml(pictureStyle())}</style>`,
        '<defs>',
        '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V6" stroke-width="2.4"/></pattern>',
        '<pattern id="cross" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><path class="cross" d="M0 0V7M0 0H7" stroke-width="1.1"/></pattern>',
        '<pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse"><circle class="dots" cx="2" cy="2" r=".9"/></pattern>',
        '</defs>',
        `<rect class="canvas" width="${scene.width}" height="${height}"/>`,
        ...scene.boxes.map(boxMarkup),
        ...legend.markup,
        '</svg>',
        '',
    ].join('\n');
}

/** Text that is safe between tags and in quoted attributes; characters that XML forbids are dropped. */
export function escapeXml(text: string): string {
    return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
        .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll(`'`, '&#39;');
}

function boxMarkup(box: SceneBox): string {
    const classes = ['box', box.role, ...(box.tint === undefined ? [] : [`tint-${box.tint}`]), ...box.marks].join(' ');
    const shape = `x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="${cornerOf(box)}"`;
    const pattern = patternOf(box);
    return [
        `<g class="${classes}" role="graphics-symbol img"><title>${escapeXml(box.description)}</title><rect ${shape}/>`,
        ...(pattern === undefined ? [] : [`<rect ${shape} style="fill:url(#${pattern});fill-opacity:1;stroke:none"/>`]),
        ...textMarkup('label', box.label),
        ...textMarkup('detail', box.detail),
        ...box.signs.map(signMarkup),
        '</g>',
    ].join('');
}

function cornerOf(box: SceneBox): number {
    const corner = box.role === 'process' ? 9 : box.role === 'hardware' ? 1 : 4;
    return Math.min(corner, box.width / 2);
}

function patternOf(box: SceneBox): string | undefined {
    switch (box.role) {
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

const textMarkup = (kind: string, text: PlacedText | undefined): readonly string[] =>
    text === undefined ? [] : [`<text class="${kind}" x="${text.x}" y="${text.y}">${escapeXml(text.text)}</text>`];

function signMarkup(sign: Sign): string {
    const place = `transform="translate(${sign.x} ${sign.y})"`;
    switch (sign.kind) {
        case 'error':
            return `<g class="sign" ${place}><circle class="error" r="6.5"/><path class="stroke" d="M-2.4-2.4 2.4 2.4M2.4-2.4-2.4 2.4"/></g>`;
        case 'warning':
            return `<g class="sign" ${place}><path class="warning" d="M0-6.5 7 6H-7Z"/><path class="stroke" d="M0-2V1.6M0 3.8V4"/></g>`;
        case 'widened':
            return `<g class="sign" ${place}><path class="break" d="M-5 0H5M-5 0-3-2M-5 0-3 2M5 0 3-2M5 0 3 2"/></g>`;
        case 'shortened':
            return `<g class="sign" ${place}><path class="break" d="M-4 4-1-4M1 4 4-4"/></g>`;
        default:
            return sign.kind satisfies never;
    }
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
        key: '', role: entry.role, x: round(x), y: round(y - 6), width: 16, height: 12, description: entry.label, count: 1, marks: [], signs: [],
        ...(entry.tint === undefined ? {} : { tint: entry.tint }),
    };
    return `${boxMarkup(swatch)}<text class="note" x="${round(x + swatchWidth)}" y="${round(y + 4)}">${escapeXml(entry.label)}</text>`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
