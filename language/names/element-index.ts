/** Finds elements by name, and by name below an ancestor, without looking at all of them. */
import { append } from '#simulation/model/append.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Declaration } from '../lowering/declarations.ts';

export interface ElementIndex {
    readonly byId: ReadonlyMap<ElementId, Declaration>;
    /** All elements of a name, in the order of declaration. */
    readonly named: (name: string) => readonly Declaration[];
    /** Those of them inside `ancestor` (itself included). */
    readonly namedBelow: (name: string, ancestor: Declaration) => readonly Declaration[];
    readonly names: () => Iterable<string>;
    /** The shortest path of each element that somebody asked for: an estate where everything has one name asks for the same few again and again. */
    readonly shortest: Map<Declaration, string>;
}

/** Made when first asked: most texts name few elements, and what is known of the last text names none anew. */
export function indexElements(declarations: readonly Declaration[]): ElementIndex {
    const byName = once(() => {
        const map = new Map<string, Declaration[]>();
        for (const declaration of declarations) {
            append(map, declaration.name, declaration);
        }
        return map;
    });
    const byId = once(() => new Map(declarations.map((declaration) => [declaration.id, declaration])));
    const below = new Map<string, ReadonlyMap<Declaration, readonly Declaration[]>>();
    const named = (name: string): readonly Declaration[] => byName().get(name) ?? [];
    return {
        get byId() {
            return byId();
        },
        named,
        namedBelow: (name, ancestor) => {
            let map = below.get(name);
            if (map === undefined) {
                map = groupByAncestor(named(name));
                below.set(name, map);
            }
            return map.get(ancestor) ?? [];
        },
        names: () => byName().keys(),
        shortest: new Map(),
    };
}

function once<Value extends object>(make: () => Value): () => Value {
    let made: Value | undefined;
    return () => {
        made ??= make();
        return made;
    };
}

/** The element and what it stands in, innermost first. */
export function* ancestry(declaration: Declaration | undefined): Generator<Declaration> {
    for (let current = declaration; current !== undefined; current = current.parent) {
        yield current;
    }
}

export function isInside(inner: Declaration, outer: Declaration): boolean {
    for (const ancestor of ancestry(inner)) {
        if (ancestor === outer) {
            return true;
        }
    }
    return false;
}

function groupByAncestor(declarations: readonly Declaration[]): ReadonlyMap<Declaration, readonly Declaration[]> {
    const map = new Map<Declaration, Declaration[]>();
    for (const declaration of declarations) {
        for (const ancestor of ancestry(declaration)) {
            append(map, ancestor, declaration);
        }
    }
    return map;
}
