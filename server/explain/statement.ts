/** What a statement means, what holds without it, and its value in base units, as Markdown. */
import { type BodyKind, ruleFor, rulesOfKey, type StatementRule } from '#language/statements.ts';
import { readLiteral, unitNamed } from '#language/units.ts';
import type { Dimension } from '#simulation/model/units.ts';
import { showShape } from '../completion/statement-proposals.ts';
import { baseUnitWords } from './figures.ts';
import { codeSpan, escapeMarkdown } from './markdown.ts';

export function explainStatement(key: string, kind: BodyKind): string | undefined {
    const rule = ruleFor(kind, key);
    if (rule !== undefined) {
        return describe(rule);
    }
    const elsewhere = rulesOfKey(key);
    return elsewhere.length === 0 ? undefined : elsewhere.map(describe).join('\n\n');
}

/** `1.5 GiB` is how many bytes. */
export function explainLiteral(text: string): string | undefined {
    const { amount, unit } = readLiteral(text);
    const known = unitNamed(unit);
    return known === undefined || known.name === baseUnits[known.dimension]
        ? undefined
        : `${codeSpan(text)} = ${plain(amount * known.factor)} ${baseUnitWords[known.dimension]}`.trimEnd();
}

function describe(rule: StatementRule): string {
    const without = rule.required === true ? 'Required.' : `Without it: ${escapeMarkdown(rule.default?.text ?? rule.otherwise ?? 'nothing')}.`;
    return `${codeSpan(`${rule.key} ${showShape(rule.shape)}`)}\n\n${escapeMarkdown(rule.meaning)} ${without}`;
}

/** Digits in groups of three, without an exponent. */
function plain(value: number): string {
    return Number(value.toPrecision(15)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}

const baseUnits: Readonly<Record<Dimension, string>> = { memory: 'B', cpu: 'cores', work: 'core-s', time: 's', rate: 'B/s', number: '' };
