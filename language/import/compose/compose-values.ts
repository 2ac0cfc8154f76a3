/** Scalars of Compose that are no plain text: sizes, durations, numbers, and what counts as true. */

/** `512m`, `1.5 GiB`: binary, whatever the unit says, as Docker reads sizes. Undefined where it is none. */
export function readBytes(source: string): number | undefined {
    const [, number, prefix = ''] = /^\s*(\d+(?:\.\d+)?)\s*(?:([kmgtpe])(?:i?b)?|b)?\s*$/i.exec(source) ?? [];
    return number === undefined ? undefined : Math.floor(Number(number) * 1024 ** ' kmgtpe'.indexOf(prefix.toLowerCase() || ' '));
}

/** `1m30s`, `500ms`, as Go reads durations. */
export const isDuration = (source: string): boolean => /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(source);

export const isNumber = (source: string): boolean => /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(source);
export const isWhole = (source: string): boolean => /^[+-]?\d+$/.test(source);

const words: ReadonlyMap<string, boolean> = new Map([
    ...['true', 'y', 'yes', 'on', '1', 't'].map((word) => [word, true] as const),
    ...['false', 'n', 'no', 'off', '0', 'f'].map((word) => [word, false] as const),
]);

export const readFlag = (source: string): boolean | undefined => words.get(source.toLowerCase());

/** A port, a range of ports, or a mapping of one to another: `127.0.0.1:8000-8010:80-90/tcp`, `[::1]:6001:6001`. */
export function isPort(source: string): boolean {
    const [spec = '', protocol] = source.split('/');
    const match = /^(?:(?:(\[[0-9a-f:.%]+\]|[\w.]*):)?(?:(\d+(?:-\d+)?)?:))?(\d+(?:-\d+)?)$/i.exec(spec);
    const isKnownProtocol = protocol === undefined || /^(?:tcp|udp|sctp)$/i.test(protocol);
    return match !== null && isKnownProtocol && [match[2], match[3]].every((range) => range === undefined || isPortRange(range));
}

function isPortRange(range: string): boolean {
    const [first = 0, last = first] = range.split('-').map(Number);
    return first <= last && last <= 65_535;
}
