/** The lines that kernels and systems write: `MemTotal:  24683620 kB` in `/proc`, `ID="debian"` in `/etc/os-release`. Sources: proc(5), os-release(5). */

/** `key : value`, the first of each key, and how often it stands there. */
export function colonLines(text: string): ReadonlyMap<string, { readonly value: string; readonly count: number }> {
    const lines = new Map<string, { readonly value: string; readonly count: number }>();
    for (const line of text.split('\n')) {
        const colon = line.indexOf(':');
        if (colon > 0) {
            const key = line.slice(0, colon).trim();
            const first = lines.get(key);
            lines.set(key, { value: first?.value ?? line.slice(colon + 1).trim(), count: (first?.count ?? 0) + 1 });
        }
    }
    return lines;
}

/** Bytes of `24683620 kB`, where `kB` are KiB; nothing where it is no such amount. */
export function kernelBytes(value: string | undefined): number | undefined {
    const [digits = '', unit] = value?.split(/\s+/) ?? [];
    return /^\d{1,12}$/.test(digits) && unit === 'kB' ? Number(digits) * 1024 : undefined;
}

/** Assignments as a shell would read them, without what it would expand. */
export function assignments(text: string): ReadonlyMap<string, string> {
    return new Map(
        text.split('\n').flatMap((line) => {
            const split = line.indexOf('=');
            const value = line.slice(split + 1).trim();
            const [quote] = value;
            const isQuoted = value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
            return split <= 0 || line.startsWith('#') ? [] : [[line.slice(0, split), isQuoted ? value.slice(1, -1) : value] as const];
        }),
    );
}
