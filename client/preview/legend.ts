/** What patterns and tints mean, and how wide a round amount is. */
import { boxClasses, cornerOf, patternOf, type Scene } from '#server/protocol.ts';
import { htmlNode, svgNode } from './markup.ts';

const swatch = { width: 18, height: 13 } as const;

export function legendNodes(scene: Scene): readonly Node[] {
    return [
        ...scaleNodes(scene),
        ...scene.legend.map((entry) => {
            const box = { role: entry.role, width: swatch.width, marks: entry.marks ?? [], ...(entry.tint === undefined ? {} : { tint: entry.tint }) };
            const pattern = patternOf(entry.role);
            const shape = { x: 1, y: 1, ...swatch, rx: cornerOf(box) };
            return htmlNode(
                'li',
                {},
                svgNode(
                    'svg',
                    { class: 'swatch', width: swatch.width + 2, height: swatch.height + 2, 'aria-hidden': 'true' },
                    svgNode(
                        'g',
                        { class: boxClasses(box) },
                        svgNode('rect', { class: 'shape', ...shape }),
                        ...(pattern === undefined ? [] : [svgNode('rect', { class: 'pattern', ...shape, fill: `url(#${pattern})` })]),
                    ),
                ),
                entry.label,
            );
        }),
    ];
}

function scaleNodes({ scale }: Scene): readonly Node[] {
    if (scale === undefined) {
        return [];
    }
    const end = scale.width + 1;
    return [
        htmlNode(
            'li',
            {},
            svgNode(
                'svg',
                { class: 'swatch', width: scale.width + 2, height: 12, 'aria-hidden': 'true' },
                svgNode('path', { class: 'bar', d: `M1 2V10M1 6H${end}M${end} 2V10` }),
            ),
            scale.label,
        ),
    ];
}
