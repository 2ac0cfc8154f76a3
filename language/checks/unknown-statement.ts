/** A statement must begin with its key. */
import type { Unknown } from '../generated/ast.ts';
import { didYouMean, listOr, suggestion } from '../names/did-you-mean.ts';
import type { Report } from '../problems.ts';
import { type BodyKind, bodyNames, childKinds, rulesOfKind } from '../statements.ts';
import { rangeOfProperty } from '../syntax/ranges.ts';
import type { Check } from './check.ts';

export const unknownStatement: Check = {
    code: 'unknown-statement',
    severity: 'error',
    title: 'A statement must begin with its key',
    explanation: 'The word is no key of a statement.',
    facts: { word: 'as written', candidates: 'what was probably meant, best first' },
};

export function checkUnknown(item: Unknown, kind: BodyKind, report: Report): void {
    const word = item.word ?? '';
    const heads = new Set([...rulesOfKind(kind).map((rule) => rule.key), ...(childKinds[kind] ?? []), ...(kind === 'file' ? topLevel : [])]);
    const candidates = otherWords.get(word.toLowerCase())?.filter((other) => heads.has(other)) ?? didYouMean(word, heads);
    report(unknownStatement, {
        at: rangeOfProperty(item, 'word'),
        facts: { word, candidates },
        message: `\`${word}\` begins no statement of ${bodyNames[kind]}.${suggestion(candidates) || ` There are ${listOr([...heads].slice(0, 6))}${heads.size > 6 ? ' and others' : ''}.`}`,
    });
}

const topLevel = ['template', 'os', 'image', 'type', 'scenario'];

/** Words of other tools for what Strata calls differently. */
const otherWords: ReadonlyMap<string, readonly string[]> = new Map(
    Object.entries({
        ram: ['memory', 'memory limit'],
        mem: ['memory', 'memory limit'],
        cores: ['cpu', 'vcpus', 'cpu limit'],
        cpus: ['cpu', 'vcpus', 'cpu limit'],
        vcpu: ['vcpus', 'cpu limit'],
        ports: [],
        volumes: ['mount'],
        volume: ['mount'],
        mem_limit: ['memory limit'],
        cpu_shares: ['cpu weight'],
        shares: ['cpu weight'],
        depends_on: ['after'],
        network: ['nic'],
        service: ['container'],
        server: ['host'],
        machine: ['host', 'vm'],
        guest: ['vm'],
        storage: ['disk'],
        requires: ['after'],
    }),
);
