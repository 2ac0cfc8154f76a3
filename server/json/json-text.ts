/** JSON as a stream of text: one line for each row, so that no string of the whole is ever needed. */

/** An object whose members are written one after the other. */
export function* jsonObject(members: Iterable<readonly [string, Iterable<string>]>): Generator<string> {
    let separator = '{\n';
    for (const [key, value] of members) {
        yield `${separator}${JSON.stringify(key)}: `;
        yield* value;
        separator = ',\n';
    }
    yield separator === '{\n' ? '{}' : '\n}';
}

/** An array with a row a line; rows are plain values, whose keys with `undefined` are left out. */
export function* jsonRows(rows: Iterable<unknown>): Generator<string> {
    let separator = '[\n';
    for (const row of rows) {
        yield `${separator}${JSON.stringify(row)}`;
        separator = ',\n';
    }
    yield separator === '[\n' ? '[]' : '\n]';
}

/** An array whose rows are streams themselves. */
export function* jsonStreams(rows: Iterable<Iterable<string>>): Generator<string> {
    let separator = '[\n';
    for (const row of rows) {
        yield separator;
        yield* row;
        separator = ',\n';
    }
    yield separator === '[\n' ? '[]' : '\n]';
}

export function* jsonValue(value: unknown): Generator<string> {
    yield JSON.stringify(value);
}

/** Fifteen digits, as many as a number surely holds, so that 1.6125 is not written 1.6124999999999998; what is not finite is no figure. */
export function jsonNumber(figure: number | undefined): number | undefined {
    return figure !== undefined && Number.isFinite(figure) ? Number(figure.toPrecision(15)) : undefined;
}
