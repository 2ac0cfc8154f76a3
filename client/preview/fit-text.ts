/** Keeps a text inside its box in whatever font the reader has: the layout reckons with Helvetica, and others run wider. */

const measuring = document.createElement('canvas').getContext('2d');
/** By font and text; names come again with every picture. */
const known = new Map<string, number>();
const mostKnown = 20_000;

/** Texts of one class have one font. */
let fonts = { of: '', label: '', detail: '' };

/** Before texts are fitted: asks for the font once, because asking makes the browser lay out what has changed before. */
export function readFont(): void {
    const { fontFamily } = getComputedStyle(document.body);
    if (fonts.of !== fontFamily) {
        fonts = { of: fontFamily, label: `600 12px ${fontFamily}`, detail: `11px ${fontFamily}` };
        known.clear();
    }
}

/** Sets the letters closer where they need more than `room` pixels. */
export function fitText(node: SVGTextElement, text: string, room: number): void {
    const width = widthOf(text, fonts[node.classList.contains('label') ? 'label' : 'detail']);
    if (width > room && room > 0) {
        node.setAttribute('textLength', String(Math.floor(room)));
        node.setAttribute('lengthAdjust', 'spacingAndGlyphs');
    } else if (node.hasAttribute('textLength')) {
        node.removeAttribute('textLength');
        node.removeAttribute('lengthAdjust');
    }
}

function widthOf(text: string, font: string): number {
    if (measuring === null) {
        return 0;
    }
    const key = `${font} ${text}`;
    const measured = known.get(key);
    if (measured !== undefined) {
        return measured;
    }
    measuring.font = font;
    const { width } = measuring.measureText(text);
    if (known.size < mostKnown) {
        known.set(key, width);
    }
    return width;
}
