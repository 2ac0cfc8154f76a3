/** Columns of text, as wide as their widest cell. */

export function* textTable(header: readonly string[], lines: Iterable<readonly string[]>): Generator<string> {
    const all = [header, ...lines];
    const widths = header.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
    for (const line of all) {
        yield `${line
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd()}\n`;
    }
}
