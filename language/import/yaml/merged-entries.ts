/** The entries of a YAML map while it is read: no key twice, and merge keys (`<<`) give what the map does not say itself. */
import type { YamlEntry } from './yaml-node.ts';

export class MergedEntries {
    private readonly own = new Map<string, YamlEntry>();
    private readonly merged = new Map<string, YamlEntry>();

    /** What is wrong with it, if anything is. */
    add(entry: YamlEntry): string | undefined {
        if (entry.key === '<<') {
            return this.merge(entry);
        }
        const first = this.own.get(entry.key);
        if (first !== undefined) {
            return `The key ${JSON.stringify(entry.key)} stands in line ${first.keyAt.line} already`;
        }
        this.own.set(entry.key, entry);
        return undefined;
    }

    all(): readonly YamlEntry[] {
        return [...[...this.merged.values()].filter(({ key }) => !this.own.has(key)), ...this.own.values()];
    }

    /** Of several maps, the first that has a key counts. */
    private merge({ value }: YamlEntry): string | undefined {
        const maps = value.kind === 'list' ? value.items : [value];
        for (const map of maps) {
            if (map.kind !== 'map') {
                return 'A merge key (`<<`) takes a mapping or a list of mappings';
            }
            for (const entry of map.entries) {
                if (!this.merged.has(entry.key)) {
                    this.merged.set(entry.key, entry);
                }
            }
        }
        return undefined;
    }
}
