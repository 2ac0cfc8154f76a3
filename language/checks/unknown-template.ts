/** A template must be defined, for this kind. */
import type { Element, Template } from '../generated/ast.ts';
import { maximumDepth } from '../lowering/declarations.ts';
import { didYouMean, suggestion } from '../names/did-you-mean.ts';
import type { Occurrence } from '../occurrences.ts';
import type { Report } from '../problems.ts';
import { type BodyKind, bodyNames } from '../statements.ts';
import { rangeOfProperty } from '../syntax/ranges.ts';
import type { Check } from './check.ts';
import { templateCycle } from './template-cycle.ts';

export const unknownTemplate: Check = {
    code: 'unknown-template',
    severity: 'error',
    title: 'A template must be defined, for this kind',
    explanation: '`extends` names a template of the same kind of element, in this file or its imports.',
    facts: { name: 'as written', candidates: 'what was probably meant, best first' },
};

interface TemplateContext {
    readonly templates: ReadonlyMap<string, Template>;
    readonly report: Report;
    readonly record: (occurrence: Occurrence) => void;
}

/** `extends NAME` of an element or of another template. */
export function checkExtends(node: Element | Template, { templates, report, record }: TemplateContext): void {
    const name = node.template;
    if (name === undefined) {
        return;
    }
    const at = rangeOfProperty(node, 'template');
    const template = templates.get(name);
    if (template !== undefined) {
        record({ target: { kind: 'template', name }, role: 'reference', at });
    }
    if (template?.kind !== node.kind || template === undefined) {
        const fitting = [...templates.values()].filter((other) => other.kind === node.kind).flatMap((other) => other.name ?? []);
        const candidates = didYouMean(name, fitting);
        report(unknownTemplate, {
            at,
            facts: { name, candidates },
            message:
                template === undefined
                    ? `There is no template \`${name}\`.${suggestion(candidates) || ` Define it with \`template ${name} for ${node.kind ?? 'vm'} { … }\`.`}`
                    : `\`${name}\` is a template for ${kindName(template.kind)}, not for ${kindName(node.kind)}.${suggestion(candidates) || ' Extend one for this kind.'}`,
        });
    } else if (node.$type === 'Template' && reaches(template, node, templates)) {
        report(templateCycle, { at, message: `The template \`${node.name ?? ''}\` extends itself. Take one \`extends\` out of this circle.`, facts: { name } });
    }
}

function reaches(start: Template, goal: Template, templates: ReadonlyMap<string, Template>): boolean {
    let current: Template | undefined = start;
    for (let step = 0; step < maximumDepth && current !== undefined; step++) {
        if (current === goal) {
            return true;
        }
        current = templates.get(current.template ?? '');
    }
    return false;
}

/** After `for` any word may stand in a broken text, be it one of those that every object knows. */
const kindName = (kind: string | undefined): string => (kind !== undefined && Object.hasOwn(bodyNames, kind) ? bodyNames[kind as BodyKind] : 'something else');
