/** Names, words and units that are spelt wrong: each that may be meant is offered in their place. */
import type { SourceRange } from '#language/origins.ts';
import { replace } from './edits.ts';
import type { Fix, FixInput, FixRule } from './fix.ts';

/** More than these are no help. */
const mostOffers = 8;

/** The facts that hold what may be meant, best first. */
const factOf: Readonly<Record<string, string>> = {
    'unknown-name': 'candidates',
    'unknown-definition': 'candidates',
    'unknown-template': 'candidates',
    'unknown-statement': 'candidates',
    'ambiguous-path': 'candidates',
    'value-not-allowed': 'values',
    condition: 'candidates',
    'unknown-ignore': 'candidates',
};

export const replaceWord: FixRule = {
    codes: Object.keys(factOf),
    *fixes({ finding }: FixInput): Generator<Fix> {
        const words = textsOf(finding.facts[factOf[finding.code] ?? '']);
        for (const [index, word] of words.entries()) {
            yield { title: `Change to \`${word}\``, edits: [replace(finding.at, word)], ...(index === 0 && words.length === 1 && { isPreferred: true }) };
        }
    },
};

export const replaceUnit: FixRule = {
    codes: ['unknown-unit', 'wrong-unit'],
    *fixes({ finding, sourceOf }: FixInput): Generator<Fix> {
        const source = sourceOf(finding.at.uri);
        const written = source?.document.textDocument.getText({ start: finding.at.start, end: finding.at.end }) ?? '';
        const isMissing = finding.facts['unit'] === '' || /^\d/.test(written);
        for (const [index, unit] of textsOf(finding.facts['units']).entries()) {
            const at: SourceRange = isMissing ? { ...finding.at, start: finding.at.end } : finding.at;
            const edit = replace(at, isMissing ? ` ${unit}` : unit);
            yield {
                title: isMissing ? `Add the unit \`${unit}\`` : `Change the unit to \`${unit}\``,
                edits: [edit],
                ...(index === 0 && { isPreferred: true }),
            };
        }
    },
};

function textsOf(fact: FixInput['finding']['facts'][string] | undefined): readonly string[] {
    return Array.isArray(fact) ? [...new Set<string>(fact)].slice(0, mostOffers) : [];
}
