/** Makes nodes without ever parsing text: names from a file can be nothing but text and attribute values. */

const svgNamespace = 'http://www.w3.org/2000/svg';

type Attributes = Readonly<Record<string, string | number>>;

export function svgNode<Name extends keyof SVGElementTagNameMap>(
    name: Name,
    attributes: Attributes = {},
    ...children: readonly Node[]
): SVGElementTagNameMap[Name] {
    const node = document.createElementNS(svgNamespace, name);
    for (const attribute in attributes) {
        node.setAttribute(attribute, String(attributes[attribute]));
    }
    node.append(...children);
    return node;
}

export function htmlNode<Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    attributes: Attributes = {},
    ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
    const node = document.createElement(name);
    setAttributes(node, attributes);
    node.append(...children);
    return node;
}

/** Leaves attributes alone that are right already: setting them would make the browser lay out anew. */
export function setAttributes(node: Element, attributes: Attributes): void {
    for (const [name, value] of Object.entries(attributes)) {
        const text = String(value);
        if (node.getAttribute(name) !== text) {
            node.setAttribute(name, text);
        }
    }
}

export function setText(node: Node, text: string): void {
    if (node.textContent !== text) {
        node.textContent = text;
    }
}
