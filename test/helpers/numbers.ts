/** Finds every number in a value, however deep, and what is wrong with it. */

/** The path to the first figure that is none, and what stands there. */
export function notFinite(value: unknown): string | undefined {
    for (const [path, number] of numbersIn(value)) {
        if (!Number.isFinite(number)) {
            return `${path} is ${number}`;
        }
    }
    return undefined;
}

/** Each number with the path to it. */
function* numbersIn(value: unknown, path = ''): Generator<readonly [path: string, number: number]> {
    if (typeof value === 'number') {
        yield [path, value];
    } else if (value instanceof Float64Array) {
        // In a column, NaN says that there is no such figure.
        for (const [place, number] of value.entries()) {
            if (!Number.isNaN(number)) {
                yield [`${path}.${place}`, number];
            }
        }
    } else if (value instanceof Map) {
        for (const [key, inner] of value) {
            yield* numbersIn(inner, `${path}.${String(key)}`);
        }
    } else if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
            yield* numbersIn(inner, `${path}.${key}`);
        }
    }
}
