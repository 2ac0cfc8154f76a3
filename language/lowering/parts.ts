/** Lowers each element of the files' own level with all that stands in it, and takes over what came of it before where nothing that it depends on has changed. */
import type { Element as LoweredElement } from '#simulation/model/topology.ts';
import { checkElement } from '../checks/check-syntax.ts';
import { checkRequired } from '../checks/missing-statement.ts';
import { scopeFor } from '../expressions/lets.ts';
import { type Element, type Item, isElement, isImageItem, isLet, isOsItem, isTemplate, isTypeDefinition } from '../generated/ast.ts';
import type { ElementIndex } from '../names/element-index.ts';
import type { ElementOrigin } from '../origins.ts';
import { Collected } from '../problems.ts';
import type { StrataDocument } from '../services.ts';
import type { LoweringContext } from './context.ts';
import { type Declaration, type DeclareContext, type DeclaredPart, declareParts } from './declarations.ts';
import { lowerElement } from './element.ts';
import { originOf } from './origin.ts';

/** One element of the files' own level. */
export interface Part {
    readonly node: Element;
    readonly place: Place;
    /** Absent where its name was taken already. */
    readonly declared?: DeclaredPart;
}

export interface LoweredPart extends Part {
    readonly collected: Collected;
    readonly elements: readonly LoweredElement[];
    readonly origins: readonly ElementOrigin[];
    /** Whether it names other elements, so that it depends on what there is. */
    readonly asksIndex: boolean;
}

/** What one lowering leaves to the next. */
export interface Memory {
    /** Everything in the files that an element may name, be it one or another, with its place. */
    readonly surroundings: readonly (readonly [Item, Place])[];
    readonly catalog: readonly StrataDocument[];
    readonly parts: ReadonlyMap<Element, LoweredPart>;
}

/** Invariant: a node at the same place holds the same text, because trees are moved whole and never changed within. */
interface Place {
    readonly line: number;
    readonly character: number;
}

/** What of the memory still holds: nothing where a let, a template or a definition has changed or moved. */
export function usable(memory: Memory | undefined, documents: readonly StrataDocument[], catalog: readonly StrataDocument[]): Memory {
    const surroundings = documents.flatMap((document) =>
        document.parseResult.value.items.filter(mattersToElements).map((item) => [item, placeOf(item)] as const),
    );
    const isSame =
        memory?.catalog === catalog &&
        memory.surroundings.length === surroundings.length &&
        memory.surroundings.every(([item, place], position) => {
            const now = surroundings[position];
            return now?.[0] === item && isSamePlace(now[1], place);
        });
    return { surroundings, catalog, parts: isSame ? memory.parts : new Map() };
}

/** What elements may name: of expectations, scenarios and imports none knows. */
function mattersToElements(item: Item): boolean {
    return isLet(item) || isTemplate(item) || isTypeDefinition(item) || isOsItem(item) || isImageItem(item);
}

/** The elements of each part, parts in the order of the text. */
export function partsOf(documents: readonly StrataDocument[], context: DeclareContext, { parts }: Memory): readonly Part[] {
    const nodes = documents.flatMap((document) => document.parseResult.value.items).filter(isElement);
    const known = new Map<Element, DeclaredPart>();
    for (const node of nodes) {
        const before = parts.get(node);
        if (before?.declared !== undefined && isSamePlace(before.place, placeOf(node))) {
            known.set(node, before.declared);
        }
    }
    const declared = declareParts(nodes, context, known);
    return nodes.map((node) => {
        const own = declared.get(node);
        return { node, place: placeOf(node), ...(own !== undefined && { declared: own }) };
    });
}

export function lowerParts(parts: readonly Part[], context: LoweringContext, { parts: before }: Memory): readonly LoweredPart[] {
    const isSameEstate = hasSameShape(parts, before);
    return parts.map((part) => {
        const known = before.get(part.node);
        const isKnown = known !== undefined && known.declared === part.declared && isSamePlace(known.place, part.place);
        return isKnown && (isSameEstate || !known.asksIndex) ? known : lowerPart(part, context);
    });
}

function lowerPart(part: Part, context: LoweringContext): LoweredPart {
    const collected = new Collected();
    const { report, record } = collected;
    const asked = askedIndex(context.index);
    const own: LoweringContext = { ...context, scope: scopeFor(context.scope, report, record), index: asked.index, report, record };
    checkElement(part.node, 'file', own);
    const declarations = part.declared?.declarations ?? [];
    for (const declaration of declarations) {
        checkRequired(declaration, report);
    }
    const elements = declarations.map((declaration) => lowerElement(declaration, own));
    return { ...part, collected, elements, origins: declarations.map(originOf), asksIndex: asked.wasAsked() };
}

/** The same index, which notes that it was asked. */
function askedIndex(index: ElementIndex): { readonly index: ElementIndex; readonly wasAsked: () => boolean } {
    let isAsked = false;
    const noted = (): ElementIndex => {
        isAsked = true;
        return index;
    };
    return {
        index: {
            get byId() {
                return noted().byId;
            },
            named: (name) => noted().named(name),
            namedBelow: (name, ancestor) => noted().namedBelow(name, ancestor),
            names: () => noted().names(),
            shortest: index.shortest,
        },
        wasAsked: () => isAsked,
    };
}

/** Whether a path means what it meant: elements of the same names, kinds and replicas in the same order. */
function hasSameShape(parts: readonly Part[], before: ReadonlyMap<Element, LoweredPart>): boolean {
    const old = [...before.values()];
    return (
        parts.length === old.length &&
        parts.every((part, position) => isSameShape(part.declared?.declarations ?? [], old[position]?.declared?.declarations ?? []))
    );
}

function isSameShape(some: readonly Declaration[], others: readonly Declaration[]): boolean {
    return (
        some === others ||
        (some.length === others.length &&
            some.every(({ id, kind, replicas }, position) => {
                const other = others[position];
                return id === other?.id && kind === other.kind && replicas === other.replicas;
            }))
    );
}

function placeOf(item: Item): Place {
    return item.$cstNode?.range.start ?? { line: 0, character: 0 };
}

const isSamePlace = (some: Place, other: Place): boolean => some.line === other.line && some.character === other.character;
