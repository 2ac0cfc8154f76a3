/** Compares plain data: numbers, texts, and what is made of them. */

/** Whether two plain values hold the same. */
export function isSame(a: unknown, b: unknown): boolean {
    if (a === b || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
        return a === b;
    }
    const ofB = b as Readonly<Record<string, unknown>>;
    const entries = Object.entries(a);
    return entries.length === Object.keys(b).length && entries.every(([name, value]) => isSame(value, ofB[name]));
}
