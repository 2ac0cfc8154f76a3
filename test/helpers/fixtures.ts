/**
 * Fixtures with the expected problems marked in comments under the line they stand in:
 *
 *     memory 4 cores
 *     //       ^^^^^ error wrong-unit
 *
 * A mark gives the exact place; of a range over several lines the part on its first line. Every problem needs a mark, and every mark a problem.
 */

export interface Marked {
    readonly severity: string;
    readonly code: string;
    /** From 0, as `length` characters on one line. */
    readonly line: number;
    readonly character: number;
    readonly length: number;
}

/** What a check found, be it of the language or of the core. */
export interface Found {
    readonly severity: string;
    readonly code: string;
    readonly at: { readonly start: { readonly line: number; readonly character: number }; readonly end: { readonly line: number; readonly character: number } };
}

/** The marks of a fixture. Throws where a comment with a caret is no well-formed mark, so that a slip does not silently check nothing. */
export function readMarks(text: string, known: ReadonlySet<string>): readonly Marked[] {
    const marks: Marked[] = [];
    let target = -1;
    text.split('\n').forEach((content, line) => {
        if (!/^\s*\/\/\s*\^/.test(content)) {
            if (/^\s*\/\/.*\^/.test(content)) {
                throw new Error(`Line ${line + 1}: a comment with a caret must begin with it: ${content}`);
            }
            target = line;
            return;
        }
        const match = /^(\s*\/\/\s*)(\^+) (error|warning|information|hint) ([a-z-]+)$/.exec(content);
        if (match === null || target < 0) {
            throw new Error(`Line ${line + 1} is no mark of the form \`// ^^^ error code\`: ${content}`);
        }
        const [, lead = '', carets = '', severity = '', code = ''] = match;
        if (!known.has(code)) {
            throw new Error(`Line ${line + 1} marks \`${code}\`, which no check reports.`);
        }
        marks.push({ severity, code, line: target, character: lead.length, length: carets.length });
    });
    return marks;
}

/** Problems in the form of marks, in the order of the text. */
export function asMarks(text: string, found: readonly Found[]): readonly Marked[] {
    const lines = text.split('\n');
    return found.map(({ severity, code, at: { start, end } }) => {
        const last = end.line === start.line ? end.character : (lines[start.line] ?? '').trimEnd().length;
        return { severity, code, line: start.line, character: start.character, length: Math.max(1, last - start.character) };
    });
}

/** One line a mark, for comparison and readable failures. */
export const showMarks = (marks: readonly Marked[]): readonly string[] =>
    marks.map(({ severity, code, line, character, length }) => `${line + 1}:${character + 1}+${length} ${severity} ${code}`).sort();
