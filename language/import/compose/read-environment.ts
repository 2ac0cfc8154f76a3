/** Reads a `.env` file: `NAME=value` a line, quotes, comments, and variables in values. */
import type { ImportLog } from '../import-log.ts';
import { substitute } from './substitute.ts';

/** Adds the file's variables to those there are; what is set already stays. */
export function readEnvironment(text: string, file: string, known: ReadonlyMap<string, string>, log: ImportLog): ReadonlyMap<string, string> {
    const variables = new Map(known);
    for (const { line, name, value, isLiteral } of assignments(text)) {
        const at = { at: { file, line, column: 1 }, path: '' };
        if (name === undefined) {
            log.refuse(at, 'env-syntax', 'This is no NAME=value', 'Correct the line, or begin it with # as a comment.');
            continue;
        }
        const substituted = isLiteral ? { kind: 'text' as const, text: value } : substitute(value, variables);
        if (substituted.kind === 'wrong') {
            log.refuse(at, 'env-syntax', substituted.reason, substituted.remedy);
        } else if (!variables.has(name)) {
            variables.set(name, substituted.text);
        }
    }
    return variables;
}

interface Assignment {
    readonly line: number;
    readonly name?: string;
    readonly value: string;
    /** In single quotes nothing is substituted. */
    readonly isLiteral: boolean;
}

/** A value in quotes may go over several lines; without quotes a ` #` begins a comment. */
const pattern = /(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*(?:'((?:\\'|[^'])*)'|"((?:\\[\s\S]|[^"\\])*)"|([^\r\n]*))/y;

function* assignments(text: string): Generator<Assignment> {
    let offset = 0;
    let line = 1;
    while (offset < text.length) {
        pattern.lastIndex = offset + (/^[ \t]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0);
        const start = text.slice(offset, endOfLine(text, offset)).trim();
        const [whole, name, single, double, bare = ''] = pattern.exec(text) ?? [];
        const isAssignment = start !== '' && !start.startsWith('#') && whole !== undefined;
        if (isAssignment) {
            const value = single ?? double?.replace(/\\([\s\S])/g, escaped) ?? bare.replace(/(?:^|\s)#.*$/, '').trim();
            yield { line, name: name ?? '', value, isLiteral: single !== undefined };
        } else if (start !== '' && !start.startsWith('#') && !/^(?:export\s+)?[A-Za-z_][\w.-]*$/.test(start)) {
            yield { line, value: '', isLiteral: true };
        }
        const next = endOfLine(text, isAssignment ? pattern.lastIndex : offset) + 1;
        line += text.slice(offset, next).split('\n').length - 1;
        offset = next;
    }
}

const endOfLine = (text: string, offset: number): number => {
    const end = text.indexOf('\n', offset);
    return end < 0 ? text.length : end;
};

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const escaped = (_: string, letter: string): string => escapes[letter] ?? letter;
