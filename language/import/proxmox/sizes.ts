/** Sizes of volumes as Proxmox VE writes them: `32G`, with binary prefixes. Source: PVE::JSONSchema, parse_size. */

const factors: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** In bytes; nothing where it is no size. */
export function parseSize(written: string): number | undefined {
    const [, digits, prefix] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(written) ?? [];
    const bytes = digits === undefined ? 0 : Math.round(Number(digits) * (factors[prefix ?? ''] ?? 0));
    return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : undefined;
}
