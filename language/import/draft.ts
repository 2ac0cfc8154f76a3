/** What an importer makes of foreign data: elements with their statements, before they are named and written. */
import type { ElementKind } from '#simulation/model/topology.ts';
import type { Dimension } from '#simulation/model/units.ts';
import type { Located } from './import-log.ts';

/** An element to be written. */
export interface Draft {
    readonly kind: ElementKind;
    /** As the source calls it; made a name of the language when it is written. */
    readonly name: string;
    /** Of a hypervisor or an engine, whose name is its type. */
    readonly type?: string;
    /** Given, also 1 and 0, where the text shall say `[n]`. */
    readonly replicas?: number;
    /** Lines of a comment above it: what was chosen, and why. */
    readonly comments?: readonly string[];
    readonly statements: readonly DraftStatement[];
    readonly children: readonly Draft[];
    /** Where the source speaks of it. */
    readonly origin?: Located;
    /** By which `reference` means it: unique over everything that is imported. Absent where nothing does. */
    readonly key?: string;
}

export interface DraftStatement {
    /** As in the table of statements: `cpu limit`, `namespace pid`, `mount`. */
    readonly key: string;
    readonly values: readonly DraftValue[];
    /** Written behind it: what was chosen, and why. */
    readonly comment?: string;
}

/** What the text brings along because the catalog has none that fits. */
export interface DraftDefinition {
    /** As in `os small-windows` and `type hypervisor bhyve`. */
    readonly head: string;
    readonly comments: readonly string[];
    readonly statements: readonly DraftStatement[];
}

export type DraftValue =
    /** In base units. */
    | { readonly kind: 'quantity'; readonly value: number; readonly dimension: Dimension }
    | { readonly kind: 'word'; readonly word: string }
    /** Written in quotes. */
    | { readonly kind: 'text'; readonly text: string }
    /** The element with this key. */
    | { readonly kind: 'reference'; readonly to: string };

export const quantity = (value: number, dimension: Dimension): DraftValue => ({ kind: 'quantity', value, dimension });
export const word = (text: string): DraftValue => ({ kind: 'word', word: text });
export const text = (content: string): DraftValue => ({ kind: 'text', text: content });
export const reference = (to: string): DraftValue => ({ kind: 'reference', to });

export const statement = (key: string, ...values: readonly DraftValue[]): DraftStatement => ({ key, values });
export const commented = (comment: string, { key, values }: DraftStatement): DraftStatement => ({ key, values, comment });

/** Marks a host, a VM or a disk whose size the source does not know, so that the check of required statements asks for it with a hint. */
export const unknownSize: DraftStatement = statement('label size', text('unknown'));
