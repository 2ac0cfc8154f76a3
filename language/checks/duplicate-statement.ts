/** A statement must stand once in a body. */
import type { Item } from '../generated/ast.ts';
import { mergeKey } from '../lowering/statement-keys.ts';
import type { Report } from '../problems.ts';
import { rangeOf } from '../syntax/ranges.ts';
import type { Check } from './check.ts';

export const duplicateStatement: Check = {
    code: 'duplicate-statement',
    severity: 'error',
    title: 'A statement must stand once in a body',
    explanation: 'The statement stands twice in this body, so that it is open which one holds. The later one is ignored.',
    facts: { key: 'the statement' },
};

/** Remembers the statements of one body, and reports the second of a kind. */
export function duplicateFinder(report: Report): (item: Item) => void {
    const seen = new Map<string, Item>();
    return (item) => {
        const key = mergeKey(item);
        if (key?.identity === undefined) {
            return;
        }
        const name = `${key.statement} ${key.identity}`.trim();
        const first = seen.get(name);
        if (first === undefined) {
            seen.set(name, item);
        } else {
            report(duplicateStatement, {
                at: rangeOf(item),
                message: `\`${name}\` stands twice in this body. Leave one of them out; the first counts.`,
                facts: { key: name },
                related: [{ at: rangeOf(first), message: 'It stands here first.' }],
            });
        }
    };
}
