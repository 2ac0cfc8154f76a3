/** Whether two values of plain data say the same: objects, arrays and maps by what they hold. */
export function isEqual(one: unknown, other: unknown): boolean {
    if (Object.is(one, other)) return true;
    if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
    if (one instanceof Map || other instanceof Map) return one instanceof Map && other instanceof Map && areMapsEqual(one, other);
    if (Array.isArray(one) !== Array.isArray(other)) return false;
    const keys = Object.keys(one);
    return (
        keys.length === Object.keys(other).length &&
        keys.every((key) => Object.hasOwn(other, key) && isEqual(one[key as keyof typeof one], other[key as keyof typeof other]))
    );
}

function areMapsEqual(one: ReadonlyMap<unknown, unknown>, other: ReadonlyMap<unknown, unknown>): boolean {
    if (one.size !== other.size) return false;
    for (const [key, value] of one) if (!other.has(key) || !isEqual(value, other.get(key))) return false;
    return true;
}
