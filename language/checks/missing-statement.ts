/** A required statement must be given. */
import type { Declaration } from '../lowering/declarations.ts';
import { nameRange } from '../lowering/declarations.ts';
import type { Report } from '../problems.ts';
import { type BodyKind, bodyNames, rulesOfKind } from '../statements.ts';
import type { Check } from './check.ts';
import { formOf } from './missing-value.ts';
import { saysSizeUnknown, sizeUnknown } from './size-unknown.ts';

export const missingStatement: Check = {
    code: 'missing-statement',
    severity: 'error',
    title: 'A required statement must be given',
    explanation:
        'A host needs `cpu` and `memory`, a VM `vcpus` and `memory`, a disk its `size`; a phase ends by `for` or by `work`. What is not known bounds nothing until then. Where nobody can know, `label size "unknown"` makes a hint of it.',
    facts: { key: 'the missing statement', insert: 'a line to put in' },
};

/** The statements that a kind of element can't do without, after templates are merged. */
export function checkRequired(declaration: Declaration, report: Report): void {
    const { kind, node, statements } = declaration;
    const isUnknown = saysSizeUnknown(declaration);
    for (const { key, shape } of requiredRules(kind)) {
        if (!statements.has(key)) {
            const insert = formOf({ key, shape, in: [], meaning: '' });
            const message = missingMessage(declaration, isUnknown);
            report(isUnknown ? sizeUnknown : missingStatement, { at: nameRange(node), message, facts: { key, insert } });
        }
    }
}

/** One message for all that is missing, because all of it is missing at one place. */
function missingMessage({ name, kind, statements }: Declaration, isUnknown: boolean): string {
    const missing = requiredRules(kind).filter((rule) => !statements.has(rule.key));
    const keys = missing.map((rule) => `\`${rule.key}\``).join(' and ');
    const remedy = `Add ${missing.map((rule) => `\`${formOf(rule)}\``).join(' and ')}`;
    return isUnknown
        ? `Nobody knows the ${keys} of \`${name}\`, as its label says, so nothing is held against it. ${remedy} once you do.`
        : `\`${name}\` lacks ${keys}, which every ${bodyNames[kind].replace(/^an? /, '')} needs. ${remedy}.`;
}

const requiredRules = (kind: BodyKind) => rulesOfKind(kind).filter((rule) => rule.required === true);
