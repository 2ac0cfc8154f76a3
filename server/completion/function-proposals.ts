/** Functions as snippets: each argument that must be there is a tab stop. */
import { type FunctionRule, signatureOf } from '../explain/functions.ts';
import type { Proposal } from './proposal.ts';

export function functionProposals(rules: readonly FunctionRule[]): readonly Proposal[] {
    return rules.map((rule) => {
        const samples = rule.parameters.flatMap(({ sample }) => sample ?? []);
        return {
            label: rule.name,
            kind: 'function',
            insert: `${rule.name}(${samples.map((sample, index) => tabStop(index + 1, sample)).join(', ')})`,
            isSnippet: true,
            detail: signatureOf(rule),
            documentation: rule.meaning,
        };
    });
}

const tabStop = (number: number, sample: string): string => ['$', '{', number, ':', sample, '}'].join('');
