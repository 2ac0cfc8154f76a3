/** A statement must have its value. */
import type { Item } from '../generated/ast.ts';
import type { Report } from '../problems.ts';
import type { StatementRule } from '../statements.ts';
import { rangeOf } from '../syntax/ranges.ts';
import { usualUnits } from '../units.ts';
import type { Check } from './check.ts';

export const missingValue: Check = {
    code: 'missing-value',
    severity: 'error',
    title: 'A statement must have its value',
    explanation: 'The statement lacks what belongs behind its key.',
    facts: { key: 'the statement', form: 'how it is written' },
};

/** A statement that ends after its key. */
export function reportMissingValue(item: Item, rule: StatementRule, report: Report): void {
    const form = formOf(rule);
    report(missingValue, { at: rangeOf(item), message: `\`${rule.key}\` lacks its value. Write \`${form}\`.`, facts: { key: rule.key, form } });
}

/** How a statement is written, as in `memory 4 GiB`. */
export function formOf({ key, shape }: StatementRule): string {
    switch (shape.kind) {
        case 'quantity':
            return `${key} ${shape.dimension === 'number' ? (shape.scale === 'share' ? '10 %' : '2') : `4 ${usualUnits[shape.dimension][0] ?? ''}`}`;
        case 'word':
            return `${key} ${shape.words.join('|')}`;
        case 'name':
            return `${key} NAME`;
        case 'text':
            return `${key} "…"`;
        case 'definition':
            return `${key} ${{ os: 'debian', image: 'nginx', 'runtime-type': 'runc' }[shape.of]}`;
        case 'path':
            return `${key} PATH`;
        case 'form':
            return `${key} ${shape.form}`;
        default:
            return shape satisfies never;
    }
}
