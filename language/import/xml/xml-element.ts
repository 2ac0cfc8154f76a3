/** XML as importers see it: elements with their places, attributes and text. */
import type { Located } from '../import-log.ts';

export interface XmlElement extends Located {
    readonly name: string;
    readonly attributes: ReadonlyMap<string, string>;
    readonly children: readonly XmlElement[];
    /** All text directly in it. */
    readonly text: string;
}

/** A name without its namespace's prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
