/** Holds what an importer made against what the language can say, so that no source becomes a text with errors. */
import { maximumValue } from '../expressions/evaluate.ts';
import { type NumberRange, ruleFor } from '../statements.ts';
import { writeQuantity } from '../units.ts';
import type { Draft, DraftStatement, DraftValue } from './draft.ts';
import type { ImportError, Located } from './import-log.ts';

/** More than anybody reads; laying it out takes seconds. */
const mostLines = 50_000;

/** A name, or a list of CPUs: nothing that could be read as something else. */
const isWord = /^[A-Za-z_][A-Za-z0-9_-]*$|^[\d,-]+$/;

/** What no text can say, each at the element that the source speaks of, or else at `start`. */
export function checkDrafts(elements: readonly Draft[], start: Located): readonly ImportError[] {
    const errors: ImportError[] = [];
    const open = elements.map((draft) => ({ draft, around: start }));
    let lines = 0;
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const { draft, around } = next;
        const at = draft.origin ?? around;
        lines += 1 + draft.statements.length;
        errors.push(...draft.statements.flatMap((statement) => checkStatement(draft, statement, at)));
        for (const child of draft.children) open.push({ draft: child, around: at });
    }
    return lines > mostLines ? [tooLong(start, lines)] : errors;
}

const tooLong = ({ at, path }: Located, lines: number): ImportError => ({
    ...at,
    path,
    code: 'import-size',
    reason: `It would make a text of more than ${lines} lines, and ${mostLines} are the most`,
    remedy: 'Import it in parts.',
});

function checkStatement({ kind, name }: Draft, { key, values }: DraftStatement, { at, path }: Located): readonly ImportError[] {
    const shape = ruleFor(kind, key)?.shape;
    const range = shape?.kind === 'quantity' ? (shape.range ?? {}) : {};
    return values.flatMap((value) => {
        const isRight = value.kind === 'quantity' ? isWithin(value, range) : value.kind !== 'word' || isWord.test(value.word);
        const what = `The ${key} of ${name.slice(0, 60)}`;
        const reason =
            value.kind === 'quantity'
                ? `${what} would be ${writeQuantity(value)}, which is ${value.value > 1 ? 'more' : 'less'} than the language can say`
                : `${what} is no word that the language can say`;
        return isRight ? [] : [{ ...at, path, code: 'import-range', reason, remedy: 'Look whether it is meant.' }];
    });
}

function isWithin(value: Extract<DraftValue, { readonly kind: 'quantity' }>, { min, above, max }: NumberRange): boolean {
    // What is too small for the digits of a literal is written as nothing.
    const written = /^0(?: |$)/.test(writeQuantity(value)) ? 0 : value.value;
    return written <= Math.min(max ?? maximumValue, maximumValue) && written >= (min ?? 0) && (above === undefined || written > above);
}
