/** A type, operating system or image must be in the catalog or defined. */
import { didYouMean, suggestion } from '../names/did-you-mean.ts';
import type { Symbols } from '../names/symbols.ts';
import type { Occurrence } from '../occurrences.ts';
import type { SourceRange } from '../origins.ts';
import type { Report } from '../problems.ts';
import type { Check } from './check.ts';

export const unknownDefinition: Check = {
    code: 'unknown-definition',
    severity: 'error',
    title: 'A type, operating system or image must be in the catalog or defined',
    explanation:
        'The name is neither in the catalog nor defined in this file or its imports. Define it with `os NAME { … }`, `image NAME { … }` or `type engine NAME { … }`, or correct it.',
    facts: { name: 'as written', candidates: 'what was probably meant, best first' },
};

export type DefinitionKind = 'os' | 'image' | 'hypervisor-type' | 'engine-type' | 'runtime-type';

interface DefinitionContext {
    readonly symbols: Symbols;
    readonly report: Report;
    readonly record: (occurrence: Occurrence) => void;
}

/** A name of the catalog or of a definition in the files. */
export function checkDefinition(kind: DefinitionKind, name: string, at: SourceRange, { symbols, report, record }: DefinitionContext): void {
    const known = definitionsOf(kind, symbols);
    if (known.has(name)) {
        record({ target: { kind, name }, role: 'reference', at });
        return;
    }
    const candidates = didYouMean(name, known.keys());
    report(unknownDefinition, {
        at,
        facts: { name, candidates, kind },
        message: `There is no ${nouns[kind]} \`${name}\`.${suggestion(candidates) || ` Define it with \`${heads[kind]} ${name} { … }\`${kind === 'image' ? ', or write its reference in quotes' : ''}.`}`,
    });
}

export function definitionsOf(kind: DefinitionKind, symbols: Symbols): ReadonlyMap<string, unknown> {
    switch (kind) {
        case 'os':
            return symbols.operatingSystems;
        case 'image':
            return symbols.images;
        case 'hypervisor-type':
            return symbols.hypervisorTypes;
        case 'engine-type':
            return symbols.engineTypes;
        case 'runtime-type':
            return symbols.runtimeTypes;
        default:
            return kind satisfies never;
    }
}

const nouns = {
    os: 'operating system',
    image: 'image',
    'hypervisor-type': 'hypervisor type',
    'engine-type': 'engine type',
    'runtime-type': 'runtime',
} as const;
const heads = { os: 'os', image: 'image', 'hypervisor-type': 'type hypervisor', 'engine-type': 'type engine', 'runtime-type': 'type runtime' } as const;
