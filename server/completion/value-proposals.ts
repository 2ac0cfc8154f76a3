/** What may stand after a key or a number: units, words, names of definitions, templates and types. */
import { catalogScheme } from '#language/catalog.ts';
import type { TargetKind } from '#language/occurrences.ts';
import type { SourceRange } from '#language/origins.ts';
import { ruleFor, type Shape } from '#language/statements.ts';
import { units, usualUnits } from '#language/units.ts';
import { baseUnitWords } from '../explain/figures.ts';
import { functionRules } from '../explain/functions.ts';
import type { Understanding } from '../understanding.ts';
import { functionProposals } from './function-proposals.ts';
import type { Proposal } from './proposal.ts';
import type { CompletionSite } from './site.ts';

export interface UnitProposals {
    readonly proposals: readonly Proposal[];
    /** The number needs one of them. */
    readonly isRequired: boolean;
}

/** After a number: the units of the quantity that the statement takes, or all. */
export function proposeUnits(site: CompletionSite): UnitProposals | undefined {
    const lineStart = site.text.lastIndexOf('\n', site.offset - 1) + 1;
    const line = site.text.slice(lineStart, site.offset);
    const number = /(?:^|[\s({=+*,/-])(\d+(?:\.\d+)?)[ \t]*([A-Za-z/-]*)$/.exec(line);
    if (number === null) {
        return undefined;
    }
    const shape = quantityAfter(site, line.slice(0, number.index).trimEnd());
    const names = shape === undefined ? units.map(({ name }) => name) : unitsOf(shape);
    const proposals = names.map((name): Proposal => ({ label: name, kind: 'unit', detail: factorOf(name) }));
    return { proposals, isRequired: shape !== undefined && shape.dimension !== 'number' && shape.dimension !== 'cpu' };
}

/** The value of the statement that was begun. */
export function proposeValue(site: CompletionSite, understanding: Understanding | undefined): readonly Proposal[] | undefined {
    const last = site.before.at(-1)?.image;
    const beforeLast = site.before.at(-2)?.image;
    if (last === 'extends') {
        return definitions('template', understanding);
    }
    if ((last === 'hypervisor' || last === 'engine') && beforeLast !== 'type' && beforeLast !== 'for') {
        return definitions(last === 'engine' ? 'engine-type' : 'hypervisor-type', understanding);
    }
    const shape = site.pending?.shape;
    switch (shape?.kind) {
        case 'word':
            return shape.words.map((word) => ({ label: word, kind: 'word' }));
        case 'definition':
            return definitions(shape.of, understanding);
        case 'quantity':
            return [...lets(understanding), ...functionProposals(functionRules.filter(({ isOfValues }) => isOfValues === true))];
        default:
            return undefined;
    }
}

type QuantityShape = Pick<Extract<Shape, { readonly kind: 'quantity' }>, 'dimension' | 'scale'>;

/** What the statement before a number takes. */
function quantityAfter(site: CompletionSite, lineBefore: string): QuantityShape | undefined {
    const words = lineBefore.split(/\s+/);
    const one = words.at(-1) ?? '';
    const shape = (ruleFor(site.body.kind, words.slice(-2).join(' ')) ?? ruleFor(site.body.kind, one))?.shape;
    if (shape?.kind === 'quantity') {
        return shape;
    }
    return one === 'at' ? { dimension: 'time' } : undefined;
}

function unitsOf({ dimension, scale }: QuantityShape): readonly string[] {
    if (dimension !== 'number') {
        return usualUnits[dimension];
    }
    return scale === 'count' ? ['k', 'M'] : ['%'];
}

function factorOf(name: string): string {
    const unit = units.find((candidate) => candidate.name === name);
    return unit === undefined ? '' : `${unit.factor} ${baseUnitWords[unit.dimension]}`.trim();
}

function definitions(kind: TargetKind, understanding: Understanding | undefined): readonly Proposal[] {
    const found = new Map<string, Proposal>();
    for (const { target, role, at } of understanding?.lowered.occurrences.all ?? []) {
        const known = found.get(target.name);
        if (target.kind === kind && role === 'definition' && (known === undefined || !at.uri.startsWith(`${catalogScheme}:`))) {
            found.set(target.name, { label: target.name, kind: 'definition', detail: originOf(at.uri), definedAt: at });
        }
    }
    return [...found.values()];
}

function originOf(uri: string): string {
    return uri.startsWith(`${catalogScheme}:`) ? 'built-in catalog' : uri.slice(uri.lastIndexOf('/') + 1);
}

/** Lets stand wherever a value does; which of them have the right quantity is said when they are used. */
function lets(understanding: Understanding | undefined): readonly Proposal[] {
    const found = new Map<string, SourceRange>();
    for (const { target, role, at } of understanding?.lowered.occurrences.all ?? []) {
        if (target.kind === 'let' && role === 'definition') {
            found.set(target.name, at);
        }
    }
    return [...found].map(([label, definedAt]) => ({ label, kind: 'definition', detail: 'let', definedAt }));
}
