/** Which element of one topology is which of another: by path, and under another path only where nothing else can be meant. */
import { append } from '#simulation/model/append.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Element, Topology } from '#simulation/model/topology.ts';

export interface ElementMatch {
    /** From an element of the topology after to the one that it was. */
    readonly was: ReadonlyMap<ElementId, ElementId>;
    /** From an element of the topology before to the one that it has become. */
    readonly became: ReadonlyMap<ElementId, ElementId>;
}

export function matchElements(before: Topology, after: Topology): ElementMatch {
    const was = new Map<ElementId, ElementId>();
    const became = new Map<ElementId, ElementId>();
    const match = (id: ElementId, earlier: ElementId): void => {
        was.set(id, earlier);
        became.set(earlier, id);
    };
    for (const id of after.elements.keys()) {
        if (before.elements.has(id)) {
            match(id, id);
        }
    }
    const isFree = ([then]: Tree, [now]: Tree): boolean => then !== undefined && now !== undefined && !became.has(then.id) && !was.has(now.id);
    const gone = treesBySignature(before, became);
    const arrived = treesBySignature(after, was);
    // Larger trees come first, and what stands in a tree that was matched has its counterpart.
    for (const [signature, trees] of arrived) {
        const [now, ...others] = trees;
        const [then, ...otherThen] = gone.get(signature) ?? [];
        if (now !== undefined && then !== undefined && others.length === 0 && otherThen.length === 0 && isCertain(then, now) && isFree(then, now)) {
            for (const [place, { id }] of now.entries()) {
                const earlier = then[place];
                if (earlier !== undefined) {
                    match(id, earlier.id);
                }
            }
        }
    }
    return { was, became };
}

/** An element without a counterpart and all below it, in the order of the topology. */
type Tree = readonly Element[];

/** Every such tree, by what it says of itself but for the name of the topmost; what holds a tree stands before it. */
function treesBySignature({ elements }: Topology, matched: ReadonlyMap<ElementId, ElementId>): ReadonlyMap<string, readonly Tree[]> {
    const trees = new Map<ElementId, Element[]>();
    for (const element of elements.values()) {
        // Nesting is bounded, so there are few trees that an element stands in.
        for (let top: Element | undefined = element; top !== undefined && !matched.has(top.id); top = top.parent && elements.get(top.parent)) {
            append(trees, top.id, element);
        }
    }
    const bySignature = new Map<string, Tree[]>();
    for (const [top, tree] of trees) {
        append(bySignature, signatureOf(top, tree), tree);
    }
    return bySignature;
}

function signatureOf(top: ElementId, tree: Tree): string {
    // What refers to the tree itself is the same wherever the tree stands.
    const relative = (_: string, value: unknown): unknown =>
        typeof value === 'string' && (value === top || value.startsWith(`${top}.`)) ? `\u0000${value.slice(top.length)}` : value;
    return JSON.stringify(
        tree.map(({ id, name, parent: _, children: __, ...declared }) => [id, id === top ? '' : name, declared]),
        relative,
    );
}

/** What says the same things of itself, and still has its place or its name. */
function isCertain([before]: Tree, [after]: Tree): boolean {
    return before !== undefined && after !== undefined && !after.implicit && (before.parent === after.parent || before.name === after.name);
}
