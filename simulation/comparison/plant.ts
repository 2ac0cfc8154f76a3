/** Makes a topology of drafts: elements that do not know yet where they will stand. */
import type { Definitions } from '../model/definitions.ts';
import { type ElementId, elementId } from '../model/ids.ts';
import type { Element, Topology } from '../model/topology.ts';

/** An element without its place, and what stands under it. */
export interface Draft {
    readonly element: Rootless<Element>;
    readonly inside: readonly Draft[];
}

/** Spread over the union, so that each kind keeps its own properties. */
type Rootless<Kind> = Kind extends Element ? Omit<Kind, 'id' | 'parent' | 'children'> : never;

/** Any element, taken from where it stood. */
export function uproot<Kind extends Element>(element: Kind): Rootless<Kind> {
    const { id: _id, parent: _parent, children: _children, ...rest } = element;
    return rest as Rootless<Kind>;
}

/** Invariant: drafts under one parent have different names. */
export function plant(hosts: readonly Draft[], definitions: Definitions): Topology {
    const elements = new Map<ElementId, Element>();
    const open = hosts.toReversed().map((draft): { readonly draft: Draft; readonly parent?: ElementId } => ({ draft }));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const { element, inside } = next.draft;
        const { parent } = next;
        const id = elementId(parent === undefined ? element.name : `${parent}.${element.name}`);
        const children = inside.map((child) => elementId(`${id}.${child.element.name}`));
        elements.set(id, { ...element, id, children, ...(parent === undefined ? {} : { parent }) } as Element);
        for (const child of inside.toReversed()) open.push({ draft: child, parent: id });
    }
    return { elements, definitions, expectations: [], scenarios: [], policies: [] };
}
