/** Figures as a reader wants them: four significant digits, in the unit that suits their size. */
import { unitNamed } from '#language/units.ts';
import type { Dimension } from '#simulation/model/units.ts';

/** A figure that was computed; literals that are to be written into a text are `writeQuantity`'s. */
export function showFigure(value: number, dimension: Dimension): string {
    const names = shownUnits[dimension];
    const unit = names.find((name) => Math.abs(value) >= (unitNamed(name)?.factor ?? 1)) ?? names.at(-1) ?? '';
    const scaled = value / (unitNamed(unit)?.factor ?? 1);
    const written = significant(scaled).toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
    return `${written} ${unit === 'cores' && written === '1' ? 'core' : unit}`.trimEnd();
}

export function showShare(value: number): string {
    return `${Number((value * 100).toPrecision(3))} %`;
}

/** What a dimension is counted in, as a word. */
export const baseUnitWords: Readonly<Record<Dimension, string>> = {
    memory: 'bytes',
    cpu: 'cores',
    work: 'core-seconds',
    time: 'seconds',
    rate: 'bytes a second',
    number: '',
};

/** Largest first; a value below the last is written in the last. */
const shownUnits: Readonly<Record<Dimension, readonly string[]>> = {
    memory: ['TiB', 'GiB', 'MiB', 'KiB', 'B'],
    cpu: ['cores'],
    work: ['core-h', 'core-min', 'core-s'],
    time: ['h', 'min', 's', 'ms'],
    rate: ['GB/s', 'MB/s', 'KB/s', 'B/s'],
    number: [''],
};

function significant(value: number): number {
    return value === 0 ? 0 : Number(value.toPrecision(4));
}
