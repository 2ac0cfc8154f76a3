/** YAML as importers see it: maps, lists and scalars with their places; anchors and merge keys are resolved. */
import type { ImportPlace } from '../import-log.ts';

export type YamlNode = YamlScalar | YamlMap | YamlList;

interface YamlBase {
    readonly at: ImportPlace;
    /** A tag of the file's own, as `!reset`. */
    readonly tag?: string;
}

export interface YamlScalar extends YamlBase {
    readonly kind: 'scalar';
    readonly value: string | number | bigint | boolean | null;
    /** As written, without quotes. */
    readonly source: string;
    /** It rests on variables that are not set, so it may say nothing, or nothing that makes sense, without being wrong. */
    readonly isUnknown?: true;
}

export interface YamlMap extends YamlBase {
    readonly kind: 'map';
    readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
    readonly key: string;
    readonly keyAt: ImportPlace;
    readonly value: YamlNode;
}

export interface YamlList extends YamlBase {
    readonly kind: 'list';
    readonly items: readonly YamlNode[];
}

export const isNull = (node: YamlNode): boolean => node.kind === 'scalar' && node.value === null;

export const isUnknown = (node: YamlNode): boolean => node.kind === 'scalar' && node.isUnknown === true;

export const entryOf = (node: YamlNode | undefined, key: string): YamlEntry | undefined =>
    node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;

/** The value of a key; nothing where it is not there, is null, or where this is no map. */
export function valueAt(node: YamlNode | undefined, key: string): YamlNode | undefined {
    const value = entryOf(node, key)?.value;
    return value === undefined || isNull(value) ? undefined : value;
}

export const itemsOf = (node: YamlNode | undefined): readonly YamlNode[] => (node?.kind === 'list' ? node.items : []);
export const entriesOf = (node: YamlNode | undefined): readonly YamlEntry[] => (node?.kind === 'map' ? node.entries : []);

/** The text of a scalar that is not null. */
export const textOf = (node: YamlNode | undefined): string | undefined => (node?.kind === 'scalar' && node.value !== null ? node.source : undefined);
