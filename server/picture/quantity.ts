/** Amounts in words, as the picture writes them. */
import type { PictureResource } from '../protocol.ts';

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** `1.5 GiB` or `0.4 cores`. */
export function amountText(resource: PictureResource, amount: number): string {
    switch (resource) {
        case 'cpu':
            return coresText(amount);
        case 'memory':
            return bytesText(amount);
        default:
            return resource satisfies never;
    }
}

/** `6.6 of 16 GiB`: the unit once where both have the same. */
export function amountOfText(resource: PictureResource, amount: number, whole: number): string {
    const [part, total] = [amountText(resource, amount), amountText(resource, whole)];
    const [number, unit] = part.split(' ');
    const sameUnit = resource === 'cpu' || unit === total.split(' ')[1];
    return `${sameUnit ? number : part} of ${total}`;
}

export function coresText(cores: number): string {
    const number = numberText(cores);
    return `${number} ${number === '1' ? 'core' : 'cores'}`;
}

export function bytesText(bytes: number): string {
    let value = bytes;
    let unit = 0;
    while (Math.abs(value) >= 1023.5 && unit < byteUnits.length - 1) {
        value /= 1024;
        unit += 1;
    }
    return `${numberText(value)} ${byteUnits[unit]}`;
}

export function shareText(share: number): string {
    const percent = share * 100;
    return percent > 0 && percent < 1 ? 'under 1 %' : `${Math.round(percent)} %`;
}

/** `1 h 05 min`, `42.3 s`. */
export function timeText(seconds: number): string {
    if (seconds < 120) {
        return `${Number(seconds.toPrecision(3))} s`;
    }
    const minutes = Math.floor(seconds / 60);
    const rest = Math.round(seconds - 60 * minutes);
    return minutes < 120 ? `${minutes} min ${String(rest).padStart(2, '0')} s` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** A count with thousands set apart, as in `9,930`. */
export function countText(count: number): string {
    return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Three significant digits, without trailing zeros, never in exponents below a thousand million million. */
function numberText(value: number): string {
    if (value > 0 && value < 0.001) {
        return '<0.001';
    }
    if (Math.abs(value) >= 1e15) {
        return value.toExponential(2);
    }
    if (Math.abs(value) >= 100) {
        return countText(value);
    }
    return String(Number(value.toPrecision(3)));
}
