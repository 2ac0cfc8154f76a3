/** Gives drafts names of the language, unique beside their siblings, and the shortest paths that mean them. */
import type { ElementKind } from '#simulation/model/topology.ts';
import type { Draft } from './draft.ts';

export interface DraftNames {
    readonly nameOf: (draft: Draft) => string;
    /** The path to the draft with this key: its name where no other has it, else the whole path. */
    readonly pathTo: (key: string) => string | undefined;
    /** Those whose names had to change, with the new ones. */
    readonly renamed: ReadonlyMap<Draft, string>;
}

export function nameDrafts(roots: readonly Draft[]): DraftNames {
    const names = new Map<Draft, string>();
    const paths = new Map<string, { readonly name: string; readonly path: string }>();
    const uses = new Map<string, number>();
    const visit = (drafts: readonly Draft[], parent: { readonly path: string; readonly kind: ElementKind } | undefined): void => {
        // The virtual machine that the product adds itself has this name.
        const taken = new Set<string>(parent?.kind === 'engine' ? ['vm'] : []);
        for (const draft of drafts) {
            const name = freeName(languageName(draft.name, draft.kind), taken);
            const path = parent === undefined ? name : `${parent.path}.${name}`;
            names.set(draft, name);
            uses.set(name, (uses.get(name) ?? 0) + 1);
            if (draft.key !== undefined) {
                paths.set(draft.key, { name, path });
            }
            visit(draft.children, { path, kind: draft.kind });
        }
    };
    visit(roots, undefined);
    return {
        nameOf: (draft) => names.get(draft) ?? draft.name,
        pathTo: (key) => {
            const target = paths.get(key);
            return target === undefined || uses.get(target.name) === 1 ? target?.name : target.path;
        },
        renamed: new Map([...names].filter(([draft, name]) => name !== draft.name)),
    };
}

/** A name of the language as close to the foreign one as can be: letters, digits, `_` and `-`, no digit first, no `-` at an end. */
export function languageName(foreign: string, kind: ElementKind): string {
    const plain = foreign
        .normalize('NFKD')
        .replace(/\p{Mark}/gu, '')
        .replace(/[^A-Za-z0-9_]+/g, '-')
        .replace(/^-+|-+$/g, '');
    return plain === '' ? kind : /^\d/.test(plain) ? `_${plain}` : plain;
}

/** Adds the first number that makes the name free, and takes it. */
export function freeName(name: string, taken: Set<string>): string {
    let free = name;
    for (let number = 2; taken.has(free); number++) {
        free = `${name}-${number}`;
    }
    taken.add(free);
    return free;
}
