/** How a standalone picture looks: plain colours for light, others where the reader prefers dark; no variables, which not every SVG viewer knows. */
import { tintCount } from '../protocol.ts';

interface Palette {
    readonly canvas: string;
    readonly ink: string;
    readonly muted: string;
    readonly hardware: string;
    readonly machine: string;
    readonly edge: string;
    readonly error: string;
    readonly warning: string;
    readonly onSign: string;
    readonly tints: readonly string[];
    /** Opacity of a kernel's tint: as strong as text on it stays readable. */
    readonly strong: number;
}

const light: Palette = {
    canvas: '#ffffff',
    ink: '#1c2128',
    muted: '#57606a',
    hardware: '#c9d0d8',
    machine: '#e4e8ec',
    edge: '#8c959f',
    error: '#c4242b',
    warning: '#9a6700',
    onSign: '#ffffff',
    tints: ['#3f7fd6', '#0f9488', '#c07a0a', '#8b5fd0', '#5c9a2e', '#c9518c', '#2f8fb8', '#a06a38'],
    strong: 0.48,
};
const dark: Palette = {
    canvas: '#1e1f22',
    ink: '#e8eaed',
    muted: '#a9b1ba',
    hardware: '#454c55',
    machine: '#33383f',
    edge: '#79818b',
    error: '#ff7b72',
    warning: '#e3b341',
    onSign: '#1e1f22',
    tints: ['#5a9bf0', '#2cb5a6', '#d99a35', '#a884ea', '#7fbf4d', '#e07aac', '#4fb0d8', '#c48f5a'],
    strong: 0.34,
};

/** Helvetica's widths are what the layout reckons with; these come close. */
const fontFamily = '"Segoe UI", "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif';

export function pictureStyle(): string {
    return [
        `text{font-family:${fontFamily};font-size:12px}`,
        '.label{font-weight:600}.detail,.note{font-size:11px}',
        '.idle rect,.unknown rect{fill:none;stroke-dasharray:4 3}.unknown rect{stroke-dasharray:1.5 3;stroke-linecap:round}.implicit rect{stroke-dasharray:6 2}',
        '.engine rect{fill-opacity:.26}.slice rect,.pod rect{fill-opacity:.2}.container rect{fill-opacity:.15}.process rect{fill-opacity:.07}',
        '.overhead text,.over text,.hypervisor text,.lane text{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}.stopped{opacity:.6}',
        '.box .pattern{fill-opacity:1;stroke:none}.hatch{stroke-width:2.4}.cross{stroke-width:1.1;stroke-opacity:.45}.dots{stroke-width:1.4;stroke-opacity:.6}',
        '.sign{stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round}',
        ...themeRules(light),
        `@media (prefers-color-scheme: dark){${themeRules(dark).join('')}}`,
    ].join('\n');
}

function themeRules(palette: Palette): readonly string[] {
    return [
        `.canvas{fill:${palette.canvas}}`,
        `text{fill:${palette.ink}}.note{fill:${palette.muted}}.detail{fill-opacity:.88}.kernel rect{fill-opacity:${palette.strong}}`,
        `.hardware rect{fill:${palette.hardware}}`,
        `.hypervisor rect,.vm rect,.more rect{fill:${palette.machine}}.vm rect,.more rect{stroke:${palette.edge}}`,
        `.idle rect,.unknown rect{stroke:${palette.edge}}.overhead rect{fill:${palette.machine};stroke:${palette.edge};stroke-opacity:.5}`,
        `.overhead text,.hypervisor text,.lane text{stroke:${palette.machine}}.lane:is(.running,.stopped,.finished) text{stroke:none}.over text{stroke:${palette.canvas}}`,
        `.hatch,.dots{stroke:${palette.edge}}`,
        `.over rect{fill:${palette.error};fill-opacity:.08;stroke:${palette.error};stroke-dasharray:none}.over .label,.over .detail{fill:${palette.error};fill-opacity:1}.cross{stroke:${palette.error}}`,
        `.fallen rect:not(.pattern){stroke:${palette.error};stroke-width:2.5}.flash{fill:${palette.error};stroke:${palette.canvas};stroke-width:.8}.cell{font-size:12px}`,
        ...wallRules(palette),
        `.lane rect:not(.pattern){fill:${palette.machine};stroke:${palette.edge}}.lane.running rect{fill:${palette.tints[0]};fill-opacity:.22}.lane:is(.down,.killed) rect:not(.pattern){fill:${palette.error};fill-opacity:.16;stroke:${palette.error}}.lane:is(.stopped,.finished) rect{fill:none;stroke-dasharray:4 3}`,
        `.event{fill:${palette.ink}}.playhead{stroke:${palette.ink};stroke-width:1.5}.axis{stroke:${palette.edge};fill:none}.line{stroke:${palette.tints[0]};stroke-width:1.6;fill:none}.line.wanted{stroke:${palette.muted};stroke-dasharray:4 3}`,
        `.error{fill:${palette.error}}.warning{fill:${palette.warning}}.stroke{stroke:${palette.onSign};fill:none}.break{stroke:${palette.muted};fill:none}.bar{stroke:${palette.muted};fill:none}`,
        ...Array.from({ length: tintCount }, (_, tint) => tintRules(tint, palette.tints[tint] ?? palette.edge)),
    ];
}

/** The weaker a wall, the stronger its colour; the letter in the cell says the same. */
function wallRules({ error, warning, tints, edge }: Palette): readonly string[] {
    const colours = { process: error, namespace: warning, sandbox: tints[3] ?? edge, kernel: tints[0] ?? edge, machine: edge };
    return Object.entries(colours).map(
        ([wall, colour]) => `.wall-${wall}{fill:${colour};fill-opacity:${wall === 'machine' ? 0.12 : 0.28};stroke:${colour};stroke-opacity:.5}`,
    );
}

function tintRules(tint: number, colour: string): string {
    return `.tint-${tint} rect{fill:${colour};stroke:${colour}}`;
}
