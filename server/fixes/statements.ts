/** Statements that are missing, stand where they have no meaning, or stand twice; text that the grammar has no place for. */

import type { Source } from '../sources.ts';
import { elementNodeAt, itemAt } from '../syntax-at.ts';
import { indentAt, insertStatement, remove, replace, replaceOffsets } from './edits.ts';
import type { Fix, FixInput, FixRule } from './fix.ts';

export const missingStatement: FixRule = {
    codes: ['missing-statement', 'size-unknown'],
    *fixes({ finding, sourceOf }: FixInput): Generator<Fix> {
        const source = sourceOf(finding.at.uri);
        const element = source && elementNodeAt(source, finding.at.start);
        const line = finding.facts['insert'];
        const edit = source && element && typeof line === 'string' ? insertStatement(source, element, line) : undefined;
        if (edit !== undefined) {
            yield { title: `Add \`${String(line)}\``, edits: [edit], isPreferred: true };
        }
    },
};

export const misplacedStatement: FixRule = {
    codes: ['misplaced-statement', 'duplicate-statement'],
    *fixes({ finding, sourceOf }: FixInput): Generator<Fix> {
        const instead = finding.facts['instead'];
        for (const key of Array.isArray(instead) ? instead : []) {
            yield { title: `Change to \`${key}\``, edits: [replace(finding.at, key)] };
        }
        const source = sourceOf(finding.at.uri);
        const node = source && itemAt(source, finding.at.start)?.$cstNode;
        if (source !== undefined && node !== undefined) {
            const whole = { ...finding.at, start: node.range.start, end: node.range.end };
            yield { title: `Remove \`${String(finding.facts['key'] ?? 'it')}\``, edits: [remove(whole, source)] };
        }
    },
};

export const syntax: FixRule = {
    codes: ['syntax'],
    *fixes({ finding, sourceOf }: FixInput): Generator<Fix> {
        const { remove: surplus, missing } = finding.facts as { readonly remove?: unknown; readonly missing?: unknown };
        const source = sourceOf(finding.at.uri);
        if (typeof surplus === 'string' && source !== undefined) {
            yield { title: `Remove \`${surplus}\``, edits: [remove(finding.at, source)], isPreferred: true };
        }
        if (typeof missing === 'string' && missing !== '' && source !== undefined) {
            const offset = placeOfMissing(
                missing,
                source,
                source.document.textDocument.offsetAt(finding.at.start),
                source.document.textDocument.offsetAt(finding.at.end),
            );
            const isBrace = missing === '}';
            const newText = isBrace ? `${indentAt(source, source.document.textDocument.offsetAt(finding.at.start))}${missing}\n` : missing;
            const needsBreak = isBrace && offset > 0 && source.text[offset - 1] !== '\n';
            yield { title: `Add \`${missing}\``, edits: [replaceOffsets(source, offset, offset, needsBreak ? `\n${newText}` : newText)], isPreferred: true };
        }
    },
};

/** A text ends where it was cut off, a bracket with its line, a body before the next line that is indented no deeper than the one it began on. */
function placeOfMissing(missing: string, source: Source, start: number, end: number): number {
    if (missing === '*/') {
        return source.text.length;
    }
    if (missing === '"') {
        return end;
    }
    const lineEnd = (from: number): number => (source.text.indexOf('\n', from) < 0 ? source.text.length : source.text.indexOf('\n', from));
    if (missing !== '}') {
        return source.text.slice(0, lineEnd(end)).trimEnd().length;
    }
    const indent = indentAt(source, start).length;
    let line = lineEnd(end) + 1;
    while (line < source.text.length) {
        const text = source.text.slice(line, lineEnd(line));
        if (text.trim() !== '' && text.length - text.trimStart().length <= indent) {
            break;
        }
        line = lineEnd(line) + 1;
    }
    return Math.min(line, source.text.length);
}
