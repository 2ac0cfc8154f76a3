/** Reads the statements that hold for an element: their values, or what the table of statements says where they are left out. */
import type { Scope } from '../expressions/evaluate.ts';
import { statementValue } from '../expressions/statement-value.ts';
import type { Expression, Item } from '../generated/ast.ts';
import { type BodyKind, ruleFor } from '../statements.ts';

export interface StatementReader {
    /** As written, in base units; undefined where it is left out or wrong. */
    readonly given: (key: string) => number | undefined;
    /** As given, or the default of the table. */
    readonly number: (key: string) => number;
    readonly flag: (key: string) => boolean;
    /** One of the words of the table: as given, or the default. */
    readonly word: (key: string) => string | undefined;
    readonly items: (key: string) => readonly Item[];
}

/** Invariant: what is wrong with a statement was reported by the checks over the syntax tree; `scope` says nothing again. */
export function readStatements(kind: BodyKind, statements: ReadonlyMap<string, readonly Item[]>, scope: Scope): StatementReader {
    const items = (key: string): readonly Item[] => statements.get(key) ?? [];
    const given = (key: string): number | undefined => {
        const rule = ruleFor(kind, key);
        const item = items(key).at(-1);
        return rule?.shape.kind !== 'quantity' || item === undefined ? undefined : statementValue(rule, rule.shape, valueExpression(item), scope);
    };
    const word = (key: string): string | undefined => {
        const rule = ruleFor(kind, key);
        const written = wordOf(items(key).at(-1));
        const isKnown = written !== undefined && (rule?.shape.kind !== 'word' || rule.shape.words.includes(written));
        return isKnown ? written : rule?.default === undefined ? undefined : String(rule.default.value);
    };
    return { items, given, word, number: (key) => given(key) ?? Number(ruleFor(kind, key)?.default?.value ?? 0), flag: (key) => word(key) === 'on' };
}

/** The expression of a statement with one value. */
export function valueExpression(item: Item): Expression | undefined {
    return item.$type === 'Quantity' ? item.value : undefined;
}

/** The word of a statement that takes one. */
export function wordOf(item: Item | undefined): string | undefined {
    switch (item?.$type) {
        case 'Choice':
            return item.word;
        case 'OsItem':
        case 'ImageItem':
        case 'Policy':
            return item.name;
        case 'Element':
            return item.name;
        case 'Text':
            return item.text;
        default:
            return undefined;
    }
}
