/** Walks the syntax trees of a topology and runs the checks that need no more than a node and the body it stands in. */
import { evaluate } from '../expressions/evaluate.ts';
import type { Body, Element, Item, Template } from '../generated/ast.ts';
import type { LoweringContext } from '../lowering/context.ts';
import type { LowerInput } from '../lowering/lower.ts';
import { isDeclarationIn, statementKey } from '../lowering/statement-keys.ts';
import { typeKind } from '../names/symbols.ts';
import { type BodyKind, childKinds, ruleFor } from '../statements.ts';
import { rangeOfProperty } from '../syntax/ranges.ts';
import { checkStatement } from './check-statement.ts';
import { duplicateFinder } from './duplicate-statement.ts';
import { checkImport } from './import-missing.ts';
import { reportMisplaced, reportMisplacedElement } from './misplaced-statement.ts';
import { missingValue } from './missing-value.ts';
import { checkGrammar } from './syntax.ts';
import { checkDefinition } from './unknown-definition.ts';
import { checkUnknown } from './unknown-statement.ts';
import { checkExtends } from './unknown-template.ts';
import { checkWord } from './value-not-allowed.ts';

/** Kinds that a template may be for. */
const templateKinds = ['host', 'disk', 'nic', 'hypervisor', 'vm', 'engine', 'slice', 'pod', 'container', 'process', 'phase'] as const;

/** All but the elements of the files' own level, which are checked one by one by `checkElement`. */
export function checkSyntax({ documents, unreadable }: Required<Pick<LowerInput, 'documents' | 'unreadable'>>, context: LoweringContext): void {
    const known = new Set(documents.map((document) => document.uri.toString()));
    for (const document of documents) {
        checkGrammar(document, context.report);
        checkItems(document.parseResult.value.items, 'file', context, () => undefined);
        for (const item of document.parseResult.value.items) {
            if (item.$type === 'Import') {
                checkImport(item, document, { known, unreadable }, context);
            }
        }
    }
}

/** `contaner web { … }` is one slip, not two; what stands in it is not judged. */
function isRestOfLine(item: Item, before: Item | undefined): boolean {
    return before?.$type === 'Unknown' && before.$cstNode?.range.start.line === item.$cstNode?.range.start.line;
}

const checkBody = (body: Body | undefined, kind: BodyKind, context: LoweringContext): void => checkItems(body?.items ?? [], kind, context, checkElement);

function checkItems(items: readonly Item[], kind: BodyKind, context: LoweringContext, onElement: typeof checkElement): void {
    const findDuplicates = duplicateFinder(context.report);
    for (const [index, item] of items.entries()) {
        if (item.$type === 'Unknown') {
            if (!isRestOfLine(item, items[index - 1])) {
                checkUnknown(item, kind, context.report);
            }
        } else if (isDeclarationIn(kind, item)) {
            onElement(item, kind, context);
        } else if (!checkBlock(item, kind, context)) {
            checkLine(item, kind, context, findDuplicates);
        }
    }
}

export function checkElement(item: Element, kind: BodyKind, context: LoweringContext): void {
    const { kind: own } = item;
    if (own === undefined) {
        return;
    }
    if (!(childKinds[kind] ?? []).includes(own)) {
        reportMisplacedElement(item, own, kind, context.report);
    }
    if (item.type !== undefined) {
        checkDefinition(own === 'engine' ? 'engine-type' : 'hypervisor-type', item.type, rangeOfProperty(item, 'type'), context);
    }
    checkExtends(item, { ...context, templates: context.symbols.templates });
    evaluate(item.count, context.scope);
    checkBody(item.body, own, context);
}

/** Whatever has a body and is no element. */
function checkBlock(item: Item, kind: BodyKind, context: LoweringContext): boolean {
    const block = blockOf(item, kind);
    if (block === undefined) {
        return false;
    }
    if (kind !== 'file' && item.$type !== 'EngineVm') {
        reportMisplacedElement(item, block.word, kind, context.report);
    }
    if (item.$type === 'Template') {
        checkTemplate(item, context);
    }
    checkBody(block.body, block.kind, context);
    return true;
}

function blockOf(item: Item, kind: BodyKind): { readonly word: string; readonly kind: BodyKind; readonly body: Body | undefined } | undefined {
    switch (item.$type) {
        case 'Template':
            return { word: 'template', kind: templateKinds.find((known) => known === item.kind) ?? 'vm', body: item.body };
        case 'TypeDefinition':
            return { word: 'type', kind: typeKind(item), body: item.body };
        case 'OsItem':
            return item.body === undefined ? undefined : { word: 'os', kind: 'os', body: item.body };
        case 'ImageItem':
            return item.body === undefined ? undefined : { word: 'image', kind: 'image', body: item.body };
        case 'Scenario':
            return { word: 'scenario', kind: 'scenario', body: item.body };
        case 'EngineVm':
            return kind === 'engine' ? undefined : { word: 'vm', kind: 'vm', body: item.body };
        default:
            return undefined;
    }
}

function checkTemplate(item: Template, context: LoweringContext): void {
    if (item.kind === undefined) {
        context.report(missingValue, {
            at: rangeOfProperty(item, 'name'),
            facts: { key: 'template', form: `template ${item.name ?? 'small'} for vm { … }` },
            message: `A template is for one kind of element. Write \`template ${item.name ?? 'small'} for vm { … }\`.`,
        });
    } else {
        checkWord('template … for', item.kind, templateKinds, rangeOfProperty(item, 'kind'), context.report);
    }
    checkExtends(item, { ...context, templates: context.symbols.templates });
}

/** A statement of one line. */
function checkLine(item: Item, kind: BodyKind, context: LoweringContext, findDuplicates: (item: Item) => void): void {
    const key = statementKey(item);
    if (key === undefined) {
        return;
    }
    const rule = ruleFor(kind, key);
    if (rule === undefined) {
        reportMisplaced(item, key, kind, context.report);
        return;
    }
    if (rule.many !== true || item.$type === 'LabelStatement' || item.$type === 'NamespaceStatement') {
        findDuplicates(item);
    }
    if (item.$type === 'EngineVm') {
        checkBody(item.body, 'engine-vm', context);
    }
    checkStatement(item, rule, kind, context);
}
