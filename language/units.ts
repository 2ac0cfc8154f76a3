/** The units of the language: which words they are, which quantity they measure, and how figures are written back as literals. */
import type { Dimension } from '#simulation/model/units.ts';

export interface Unit {
    readonly name: string;
    readonly dimension: Dimension;
    /** Value of one unit in base units: bytes, cores, core-seconds, seconds, bytes a second, or a plain number. */
    readonly factor: number;
}

/** A value in base units. */
export interface Quantity {
    readonly value: number;
    readonly dimension: Dimension;
}

/** A literal as written: `12 GiB` has amount 12 and unit `GiB`; `unitOffset` counts from the literal's first character. */
export interface Literal {
    readonly amount: number;
    readonly unit: string;
    readonly unitOffset: number;
}

const decimal = { K: 1e3, M: 1e6, G: 1e9, T: 1e12 } as const;
const binary = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const;
const prefixed = (suffix: string, dimension: Dimension, prefixes: Readonly<Record<string, number>>, scale: number): readonly Unit[] =>
    Object.entries(prefixes).map(([prefix, factor]) => ({ name: prefix + suffix, dimension, factor: factor * scale }));

/** Every unit, smallest of its quantity first. */
export const units: readonly Unit[] = [
    { name: 'B', dimension: 'memory', factor: 1 },
    ...prefixed('B', 'memory', decimal, 1),
    ...prefixed('B', 'memory', binary, 1),
    { name: 'mcores', dimension: 'cpu', factor: 1e-3 },
    { name: 'core', dimension: 'cpu', factor: 1 },
    { name: 'cores', dimension: 'cpu', factor: 1 },
    { name: 'core-ms', dimension: 'work', factor: 1e-3 },
    { name: 'core-s', dimension: 'work', factor: 1 },
    { name: 'core-min', dimension: 'work', factor: 60 },
    { name: 'core-h', dimension: 'work', factor: 3600 },
    { name: 'ms', dimension: 'time', factor: 1e-3 },
    { name: 's', dimension: 'time', factor: 1 },
    { name: 'min', dimension: 'time', factor: 60 },
    { name: 'h', dimension: 'time', factor: 3600 },
    { name: 'd', dimension: 'time', factor: 86_400 },
    { name: 'B/s', dimension: 'rate', factor: 1 },
    ...prefixed('B/s', 'rate', decimal, 1),
    ...prefixed('B/s', 'rate', binary, 1),
    { name: 'Kbit/s', dimension: 'rate', factor: 1e3 / 8 },
    { name: 'Mbit/s', dimension: 'rate', factor: 1e6 / 8 },
    { name: 'Gbit/s', dimension: 'rate', factor: 1e9 / 8 },
    { name: 'Tbit/s', dimension: 'rate', factor: 1e12 / 8 },
    { name: '%', dimension: 'number', factor: 0.01 },
    { name: 'k', dimension: 'number', factor: 1e3 },
    { name: 'M', dimension: 'number', factor: 1e6 },
];

const byName = new Map(units.map((unit) => [unit.name, unit]));

export const unitNamed = (name: string): Unit | undefined => byName.get(name);

/** In base units. Small units divide by a whole number, because a thousandth is no binary fraction: 143.5 ms are 0.1435 s, not 0.14350000000000002. */
export const toBase = (amount: number, { factor }: Unit): number => (factor < 1 ? amount / Math.round(1 / factor) : amount * factor);

/** What a quantity is called in messages. */
export const dimensionNames: Readonly<Record<Dimension, string>> = {
    memory: 'memory',
    cpu: 'CPU',
    work: 'CPU work',
    time: 'time',
    rate: 'a rate',
    number: 'a number',
};

/** Units to offer for a quantity, most usual first. */
export const usualUnits: Readonly<Record<Dimension, readonly string[]>> = {
    memory: ['GiB', 'MiB', 'KiB', 'TiB', 'GB', 'MB', 'KB', 'TB', 'B'],
    cpu: ['cores', 'mcores'],
    work: ['core-s', 'core-min', 'core-h', 'core-ms'],
    time: ['s', 'ms', 'min', 'h', 'd'],
    rate: ['MB/s', 'GB/s', 'MiB/s', 'GiB/s', 'Mbit/s', 'Gbit/s', 'KB/s', 'KiB/s', 'TB/s', 'TiB/s', 'B/s'],
    number: ['%', 'k', 'M'],
};

/**
 * Source of the regular expression of a number with its unit.
 * A word that touches the number is taken as its unit even if it is none, so that the error stands at the unit.
 */
export function quantityPattern(): string {
    const words = units
        .map((unit) => unit.name)
        .filter((name) => name !== '%')
        .sort((a, b) => b.length - a.length)
        .join('|');
    return String.raw`\d+(?:\.\d+)?(?:[ \t]*(?:%|(?:${words})(?![A-Za-z0-9_/]|-[A-Za-z0-9_]))|[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z][A-Za-z0-9_]*)*(?:/[A-Za-z]+)?)?`;
}

/** Splits a literal of the grammar into its number and its unit, which may be unknown or empty. */
export function readLiteral(text: string): Literal {
    const digits = /^\d+(?:\.\d+)?/.exec(text)?.[0] ?? '';
    const unit = text.slice(digits.length).trimStart();
    return { amount: Number(digits), unit, unitOffset: text.length - unit.length };
}

/** Units that were probably meant by `written`: of the wanted quantity if one is known. */
export function similarUnits(written: string, wanted: Dimension | undefined): readonly string[] {
    const sameLetters = units.filter((unit) => unit.name.toLowerCase() === written.toLowerCase());
    const known = aliases.get(written.toLowerCase());
    const close = [...new Set([...sameLetters.map((unit) => unit.name), ...(known ?? [])])];
    const fitting = wanted === undefined ? close : close.filter((name) => byName.get(name)?.dimension === wanted);
    return fitting.length > 0 ? fitting : usualUnits[wanted ?? 'memory'];
}

/** A value in base units as a literal a person would write: the largest unit that leaves at most three decimals. */
export function writeQuantity({ value, dimension }: Quantity): string {
    if (dimension === 'number') {
        return writeNumber(value);
    }
    const unit =
        writtenUnits[dimension].find((name) => {
            const scaled = value / factorOf(name);
            return Math.abs(scaled) >= 1 && isShort(scaled);
        }) ??
        writtenUnits[dimension].find((name) => Math.abs(value) >= factorOf(name)) ??
        smallest[dimension];
    return `${writeNumber(value / factorOf(unit))} ${unit}`;
}

const aliases: ReadonlyMap<string, readonly string[]> = new Map(
    Object.entries({
        kib: ['KiB'],
        mib: ['MiB'],
        gib: ['GiB'],
        tib: ['TiB'],
        ki: ['KiB'],
        mi: ['MiB'],
        gi: ['GiB'],
        ti: ['TiB'],
        g: ['GiB', 'GB'],
        m: ['MiB', 'MB', 'mcores', 'min'],
        t: ['TiB', 'TB'],
        k: ['KiB', 'KB'],
        byte: ['B'],
        bytes: ['B'],
        cpu: ['cores'],
        cpus: ['cores'],
        vcpu: ['cores'],
        vcpus: ['cores'],
        mcore: ['mcores'],
        millicores: ['mcores'],
        sec: ['s'],
        secs: ['s'],
        second: ['s'],
        seconds: ['s'],
        minute: ['min'],
        minutes: ['min'],
        mins: ['min'],
        hour: ['h'],
        hours: ['h'],
        hr: ['h'],
        day: ['d'],
        days: ['d'],
        gbit: ['Gbit/s'],
        mbit: ['Mbit/s'],
        gbps: ['Gbit/s'],
        mbps: ['Mbit/s'],
        'core-seconds': ['core-s'],
        'core-hours': ['core-h'],
        'core-minutes': ['core-min'],
        percent: ['%'],
        million: ['M'],
    }),
);

const writtenUnits: Readonly<Record<Exclude<Dimension, 'number'>, readonly string[]>> = {
    memory: ['TiB', 'GiB', 'MiB', 'KiB', 'TB', 'GB', 'MB', 'KB', 'B'],
    cpu: ['cores', 'mcores'],
    work: ['core-h', 'core-min', 'core-s', 'core-ms'],
    time: ['d', 'h', 'min', 's', 'ms'],
    rate: ['TB/s', 'GB/s', 'MB/s', 'MiB/s', 'KB/s', 'B/s'],
};
const smallest = { memory: 'B', cpu: 'cores', work: 'core-s', time: 's', rate: 'B/s' } as const;

const factorOf = (name: string): number => byName.get(name)?.factor ?? 1;
const isShort = (value: number): boolean => Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-6;
/** At most four decimals, and no exponent, which the language has not. */
const writeNumber = (value: number): string => {
    const rounded = Number(value.toPrecision(15));
    return rounded.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 4 });
};
