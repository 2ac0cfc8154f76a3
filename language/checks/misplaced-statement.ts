/** A statement must stand where it has a meaning. */
import type { Item } from '../generated/ast.ts';
import { listOr } from '../names/did-you-mean.ts';
import type { SourceRange } from '../origins.ts';
import type { Report } from '../problems.ts';
import { type BodyKind, bodyNames, childKinds, rulesOfKey, rulesOfKind } from '../statements.ts';
import { rangeOf } from '../syntax/ranges.ts';
import type { Check } from './check.ts';

export const misplacedStatement: Check = {
    code: 'misplaced-statement',
    severity: 'error',
    title: 'A statement must stand where it has a meaning',
    explanation: 'Not every statement belongs everywhere: `vcpus` sizes a vm, `cpu limit` holds a container back.',
    facts: {
        key: 'the statement',
        in: 'the kind of body it stands in',
        kinds: 'kinds of body it belongs in',
        instead: 'statements of this body that may be meant',
    },
};

/** A statement whose key the table does not have for this body. */
export function reportMisplaced(item: Item, key: string, kind: BodyKind, report: Report): void {
    const kinds = [...new Set(rulesOfKey(key).flatMap((rule) => rule.in))];
    const here = rulesOfKind(kind).map((rule) => rule.key);
    const instead = here.filter((other) => other.startsWith(`${key} `) || preferred[key]?.includes(other));
    const belongs =
        kinds.length === 0
            ? `There is no statement \`${key}\``
            : kinds.length > 3
              ? `\`${key}\` does not stand in ${bodyNames[kind]}`
              : `\`${key}\` belongs in ${listKinds(kinds)}, not in ${bodyNames[kind]}`;
    report(misplacedStatement, {
        at: headRange(item, key),
        facts: { key, in: kind, kinds, instead },
        message: `${belongs}. ${instead.length > 0 ? `Here there is ${listOr(instead)}.` : kinds.length === 0 ? `Write one of ${listOr(rulesOfKey(`${key} cpu`).length > 0 ? [`${key} cpu`, `${key} memory`] : here.slice(0, 6))}.` : 'Move it, or leave it out.'}`,
    });
}

/** An element, definition, template or scenario in a body that does not hold such. */
export function reportMisplacedElement(item: Item, word: string, kind: BodyKind, report: Report): void {
    const parents = Object.entries(childKinds)
        .filter(([, children]) => children.some((child) => child === word))
        .map(([parent]) => parent as BodyKind);
    const places = parents.length > 0 ? parents : ['file' as const];
    report(misplacedStatement, {
        at: headRange(item, word),
        facts: { key: word, in: kind, kinds: places, instead: [] },
        message: `${/^[aeio]/.test(word) ? 'An' : 'A'} \`${word}\` stands in ${listKinds(places)}, not in ${bodyNames[kind]}. ${advice(word, kind)}`,
    });
}

/** A container or pod in a slice that no engine is around. */
export function reportOutsideEngine(item: Item, word: 'container' | 'pod', report: Report): void {
    report(misplacedStatement, {
        at: headRange(item, word),
        facts: { key: word, in: 'slice', kinds: ['engine'], instead: [] },
        message: `A \`${word}\` stands in a slice only inside an engine. Put the slice into an engine, as in \`engine docker { slice … }\`.`,
    });
}

function advice(word: string, kind: BodyKind): string {
    if (word === 'vm' && (kind === 'host' || kind === 'vm')) {
        return 'Put it into a hypervisor, as in `hypervisor kvm { vm … }`.';
    }
    if (word === 'container' && (kind === 'host' || kind === 'vm')) {
        return 'Put it into an engine, as in `engine docker { container … }`.';
    }
    return 'Move it there.';
}

const listKinds = (kinds: readonly BodyKind[]): string => {
    const names = kinds.map((kind) => bodyNames[kind]);
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
};

/** What the words of one kind are called in another. */
const preferred: Readonly<Record<string, readonly string[]>> = {
    vcpus: ['cpu', 'cpu limit'],
    cpu: ['vcpus'],
    'cpu limit': ['threads', 'overcommit cpu'],
    'memory limit': ['memory'],
    threads: ['cpu limit', 'vcpus'],
    disk: ['mount'],
};

/** The key alone, without its value. */
function headRange(item: Item, key: string): SourceRange {
    const whole = rangeOf(item);
    return whole.start.line === whole.end.line || key.length > 0
        ? { ...whole, end: { line: whole.start.line, character: whole.start.character + headLength(item, key) } }
        : whole;
}

function headLength(item: Item, key: string): number {
    const words = key
        .split(' ')
        .map((word) => word.replace(/[^\w-]/g, ''))
        .join('\\s+');
    return new RegExp(`^${words}`).exec(item.$cstNode?.text ?? '')?.[0].split('\n')[0]?.length ?? key.length;
}
