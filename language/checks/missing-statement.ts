/** A required statement must be given. */
import type { Declaration } from '../lowering/declarations.ts';
import { nameRange } from '../lowering/declarations.ts';
import type { Report } from '../problems.ts';
import { type BodyKind, bodyNames, rulesOfKind } from '../statements.ts';
import type { Check } from './check.ts';
import { formOf } from './missing-value.ts';

export const missingStatement: Check = {
    code: 'missing-statement',
    severity: 'error',
    title: 'A required statement must be given',
    explanation:
        'A host needs `cpu` and `memory`, a VM `vcpus` and `memory`, a disk its `size`; a phase ends by `for` or by `work`. What is not known bounds nothing until then.',
    facts: { key: 'the missing statement', insert: 'a line to put in' },
};

/** The statements that a kind of element can't do without, after templates are merged. */
export function checkRequired({ kind, name, node, statements }: Declaration, report: Report): void {
    for (const { key, shape } of requiredRules(kind)) {
        if (!statements.has(key)) {
            const insert = formOf({ key, shape, in: [], meaning: '' });
            report(missingStatement, { at: nameRange(node), message: missingMessage(name, kind, statements), facts: { key, insert } });
        }
    }
}

/** One message for all that is missing, because all of it is missing at one place. */
function missingMessage(name: string, kind: BodyKind, statements: Declaration['statements']): string {
    const missing = requiredRules(kind).filter((rule) => !statements.has(rule.key));
    const keys = missing.map((rule) => `\`${rule.key}\``).join(' and ');
    return `\`${name}\` lacks ${keys}, which every ${bodyNames[kind].replace(/^an? /, '')} needs. Add ${missing.map((rule) => `\`${formOf(rule)}\``).join(' and ')}.`;
}

const requiredRules = (kind: BodyKind) => rulesOfKind(kind).filter((rule) => rule.required === true);
