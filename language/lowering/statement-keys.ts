/** Which statement an item is: its key in the table of statements, and what makes two of them the same. */
import type { Element, Item } from '../generated/ast.ts';
import type { BodyKind } from '../statements.ts';

/** Whether an item declares an element: `disk NAME` does in a host, in a process it refers to one; `vm WORD` in an engine type is a statement too. */
export const isDeclarationIn = (kind: BodyKind, item: Item): item is Element =>
    item.$type === 'Element' && !(item.kind !== undefined && referring[kind] === item.kind);

const referring: Readonly<Partial<Record<BodyKind, Element['kind']>>> = { process: 'disk', phase: 'disk', os: 'disk', 'engine-type': 'vm' };

export interface MergeKey {
    readonly statement: string;
    /** Two items of one identity replace each other; absent: they add up. */
    readonly identity?: string;
}

/** Absent for what is no statement of a body. */
export function mergeKey(item: Item): MergeKey | undefined {
    const statement = statementKey(item);
    switch (item.$type) {
        case 'LabelStatement':
            return { statement: 'label', identity: item.key ?? '' };
        case 'NamespaceStatement':
            return { statement: 'namespace', identity: item.kind ?? '' };
        case 'CapabilityStatement':
            return { statement: 'capability', identity: `${item.action ?? ''} ${item.name ?? ''}` };
        case 'MountStatement':
        case 'AfterStatement':
        case 'Runs':
            return statement === undefined ? undefined : { statement };
        case 'Text':
            return statement === undefined ? undefined : item.key === 'device' ? { statement } : { statement, identity: '' };
        default:
            return statement === undefined ? undefined : { statement, identity: '' };
    }
}

/** As written in the table of statements, as in `cpu limit`; absent for what was not understood. Invariant: asked of elements only where they refer. */
export function statementKey(item: Item): string | undefined {
    switch (item.$type) {
        case 'Quantity':
            return item.key === undefined ? undefined : item.aspect === undefined ? item.key : `${item.key} ${item.aspect}`;
        case 'CpuSet':
            return 'cpu set';
        case 'Choice':
            return item.key === 'weight' ? 'weight per' : item.key;
        case 'OsItem':
            return 'os';
        case 'ImageItem':
            return 'image';
        case 'Text':
        case 'MountStatement':
        case 'NamespaceStatement':
        case 'CapabilityStatement':
        case 'AfterStatement':
            return item.key;
        case 'LabelStatement':
            return 'label';
        case 'MemoryTable':
            return 'memory-table';
        case 'Runs':
            return 'runs';
        case 'EngineVm':
            return 'vm';
        case 'Step':
            return 'at';
        case 'Expectation':
            return 'expect';
        case 'Let':
            return 'let';
        case 'Import':
            return 'import';
        case 'Policy':
            return 'policy';
        case 'Element':
            return item.kind === 'disk' || item.kind === 'vm' ? item.kind : undefined;
        case 'Template':
        case 'TypeDefinition':
        case 'Scenario':
        case 'Unknown':
            return undefined;
        default:
            return item satisfies never;
    }
}

/**
 * The statements that hold, by key, in the order of the bodies. A later body's statement replaces an earlier body's;
 * of one that stands twice in a body the first counts, and a check reports the second.
 */
export function mergeStatements(bodies: readonly (readonly Item[])[]): ReadonlyMap<string, readonly Item[]> {
    const found = new Map<string, Map<string | number, Item>>();
    for (const items of bodies) {
        const mine = new Set<string>();
        for (const item of items) {
            const key = mergeKey(item);
            if (key !== undefined) {
                const ofKey = found.get(key.statement) ?? new Map<string | number, Item>();
                found.set(key.statement, ofKey);
                keep(ofKey, key, item, mine);
            }
        }
    }
    return new Map([...found].map(([key, items]) => [key, [...items.values()]]));
}

/** The statements of one body. */
export const statementsOf = (items: readonly Item[]): ReadonlyMap<string, readonly Item[]> => mergeStatements([items]);

/** Invariant: what adds up is numbered from 0, so that its number in the map is the map's size. */
function keep(ofKey: Map<string | number, Item>, { statement, identity }: MergeKey, item: Item, mine: Set<string>): void {
    if (identity === undefined) {
        ofKey.set(ofKey.size, item);
    } else if (!mine.has(`${statement} ${identity}`)) {
        mine.add(`${statement} ${identity}`);
        ofKey.delete(identity);
        ofKey.set(identity, item);
    }
}
