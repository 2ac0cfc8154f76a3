/** Remembers which elements and attributes of an XML tree an importer has read, so that the rest can be told. */
import type { XmlElement } from './xml-element.ts';

export class XmlWalk {
    private readonly elements = new Set<XmlElement>();
    private readonly attributes = new Map<XmlElement, Set<string>>();

    /** The first child of this name. */
    child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
        return this.children(parent, name)[0];
    }

    children(parent: XmlElement | undefined, name: string): readonly XmlElement[] {
        const found = parent?.children.filter((child) => child.name === name) ?? [];
        for (const child of found) this.elements.add(child);
        return found;
    }

    attribute(element: XmlElement | undefined, name: string): string | undefined {
        if (element === undefined) {
            return undefined;
        }
        const read = this.attributes.get(element) ?? new Set();
        this.attributes.set(element, read.add(name));
        return element.attributes.get(name);
    }

    /** Takes an element with all that stands in it as read. */
    passOver(element: XmlElement): void {
        this.attributes.set(element, new Set(element.attributes.keys()));
        for (const child of element.children) {
            this.elements.add(child);
            this.passOver(child);
        }
    }

    /** Elements that nobody read, without what stands in them, and attributes of those that were. */
    *rest(root: XmlElement): Generator<{ readonly element: XmlElement; readonly attribute?: string }> {
        for (const attribute of root.attributes.keys()) {
            if (this.attributes.get(root)?.has(attribute) !== true) yield { element: root, attribute };
        }
        for (const child of root.children) {
            if (this.elements.has(child)) yield* this.rest(child);
            else yield { element: child };
        }
    }
}
