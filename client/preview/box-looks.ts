/** How the style sheet has boxes look, asked once for each kind of box: what is painted follows every theme as what is drawn does. */
import { boxClasses, type PatternName, patternOf, patternShapes, type SceneBox, type Sign, signShapes } from '#server/protocol.ts';
import { svgNode } from './markup.ts';

export interface PathLook {
    readonly fill: string;
    readonly stroke: string;
    readonly width: number;
    readonly dashes: readonly number[];
    readonly cap: CanvasLineCap;
    readonly alpha: number;
    readonly strokeAlpha: number;
}

export interface TextLook {
    readonly font: string;
    readonly fill: string;
    /** Drawn around the letters, so that they can be read on a pattern. */
    readonly halo?: { readonly stroke: string; readonly width: number };
    readonly alpha: number;
}

export interface BoxLook {
    readonly shape: PathLook;
    readonly label: TextLook;
    readonly detail: TextLook;
    readonly pattern?: PatternName;
}

export interface BoxLooks {
    /** Asks the browser for all kinds that are not known yet; before `of`. */
    readonly learn: (boxes: readonly SceneBox[]) => void;
    readonly of: (box: SceneBox) => BoxLook;
    readonly sign: (kind: Sign['kind']) => readonly { readonly path: Path2D; readonly look: PathLook }[];
    readonly pattern: (name: PatternName) => PathLook;
    /** Colours or fonts have changed. */
    readonly forget: () => void;
}

/** `within` is where the boxes would stand, which decides what rules apply to them. */
export function boxLooks(within: SVGElement): BoxLooks {
    const boxes = new Map<string, BoxLook>();
    const signs = new Map<Sign['kind'], ReturnType<BoxLooks['sign']>>();
    const patterns = new Map<PatternName, PathLook>();

    /** Nodes that are there for no longer than the browser is asked about them. */
    const probe = <Look>(nodes: readonly SVGElement[], read: () => Look): Look => {
        const group = svgNode('g', { 'aria-hidden': 'true', visibility: 'hidden' }, ...nodes);
        within.append(group);
        const look = read();
        group.remove();
        return look;
    };
    const learnShared = (): void => {
        for (const { id, shape } of patternShapes) {
            const path = svgNode('path', { class: shape.className });
            patterns.set(
                id,
                probe([path], () => pathLook(path)),
            );
        }
        for (const kind of Object.keys(signShapes) as Sign['kind'][]) {
            const paths = signShapes[kind].map(({ className }) => svgNode('path', { class: className }));
            const looks = probe([svgNode('g', { class: 'sign' }, ...paths)], () => paths.map(pathLook));
            signs.set(
                kind,
                signShapes[kind].flatMap(({ path }, place) => {
                    const look = looks[place];
                    return look === undefined ? [] : [{ path: new Path2D(path), look }];
                }),
            );
        }
    };
    return {
        learn: (wanted) => {
            if (signs.size === 0) {
                learnShared();
            }
            const unknown = new Map(wanted.map((box) => [boxClasses(box), box] as const).filter(([classes]) => !boxes.has(classes)));
            const probes = [...unknown].map(([classes, box]) => ({ classes, box, ...probeNodes(classes) }));
            probe(
                probes.map(({ group }) => group),
                () => {
                    for (const { classes, box, shape, label, detail } of probes) {
                        const pattern = patternOf(box.role);
                        boxes.set(classes, {
                            shape: pathLook(shape),
                            label: textLook(label),
                            detail: textLook(detail),
                            ...(pattern === undefined ? {} : { pattern }),
                        });
                    }
                },
            );
        },
        of: (box) => known(boxes.get(boxClasses(box))),
        sign: (kind) => known(signs.get(kind)),
        pattern: (name) => known(patterns.get(name)),
        forget: () => {
            boxes.clear();
            signs.clear();
            patterns.clear();
        },
    };
}

function known<Look>(look: Look | undefined): Look {
    if (look === undefined) {
        throw new Error('painted before the style sheet was asked');
    }
    return look;
}

/** As `boxNode` makes them. */
function probeNodes(classes: string): Readonly<Record<'group' | 'shape' | 'label' | 'detail', SVGElement>> {
    const [shape, label, detail] = [svgNode('rect', { class: 'shape' }), svgNode('text', { class: 'label' }), svgNode('text', { class: 'detail' })];
    return { group: svgNode('g', { class: classes }, shape, label, detail), shape, label, detail };
}

function pathLook(node: Element): PathLook {
    const style = getComputedStyle(node);
    return {
        fill: style.fill,
        stroke: style.stroke,
        width: Number.parseFloat(style.strokeWidth),
        dashes: style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[ ,]+/).map(Number.parseFloat),
        cap: style.strokeLinecap as CanvasLineCap,
        alpha: Number(style.opacity),
        strokeAlpha: Number(style.opacity) * Number(style.strokeOpacity),
    };
}

function textLook(node: Element): TextLook {
    const style = getComputedStyle(node);
    return {
        font: `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`,
        fill: style.fill,
        alpha: Number(style.opacity),
        ...(style.stroke === 'none' ? {} : { halo: { stroke: style.stroke, width: Number.parseFloat(style.strokeWidth) } }),
    };
}
