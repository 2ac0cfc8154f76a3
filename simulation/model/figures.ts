/** Figures as messages show them: three significant digits, in the unit that keeps them readable. */
import type { Dimension } from './units.ts';

/** A value in base units with its unit, as in `8 GiB`, `0.5 cores`, `41 %`. */
export function figure(value: number, dimension: Dimension): string {
    switch (dimension) {
        case 'memory':
            return memoryFigure(value);
        case 'cpu':
            return coresFigure(value);
        case 'work':
            return `${round(value)} core-s`;
        case 'time':
            return timeFigure(value);
        case 'rate':
            return scaled(value, ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s'], 1000);
        case 'number':
            return round(value);
        default:
            return dimension satisfies never;
    }
}

export function memoryFigure(value: number): string {
    return scaled(value, ['B', 'KiB', 'MiB', 'GiB', 'TiB'], 1024);
}

export function coresFigure(value: number): string {
    return `${round(value)} ${round(value) === '1' ? 'core' : 'cores'}`;
}

/** A fraction in percent. */
export function percentFigure(value: number): string {
    return `${round(value * 100)} %`;
}

export function timeFigure(value: number): string {
    const size = Math.abs(value);
    if (size > 0 && size < 1) return `${round(value * 1000)} ms`;
    if (size < 120) return `${round(value)} s`;
    return size < 7200 ? `${round(value / 60)} min` : `${round(value / 3600)} h`;
}

/** How many of what, with the plural where there is not exactly one. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
    return `${round(count)} ${count === 1 ? singular : plural}`;
}

function scaled(value: number, units: readonly string[], step: number): string {
    let scaledValue = value;
    let place = 0;
    // A value that rounds up to the next unit is shown in it.
    while (Math.abs(scaledValue) >= step * 0.9995 && place < units.length - 1) {
        scaledValue /= step;
        place++;
    }
    return `${round(scaledValue)} ${units[place] ?? ''}`;
}

/** Three significant digits, all of them before the decimal point; no exponent below 10¹⁵. */
function round(value: number): string {
    if (!Number.isFinite(value) || value === 0) return '0';
    if (Math.abs(value) >= 1e15) return value.toPrecision(3);
    const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
    return String(Number(value.toFixed(Math.min(digits, 12))));
}
