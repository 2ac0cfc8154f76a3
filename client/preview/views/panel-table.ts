/** Plain tables of words, as several panels need them. */
import { htmlNode } from '../markup.ts';

export function tableNode(caption: string, head: readonly string[], rows: readonly Node[]): HTMLTableElement {
    return htmlNode(
        'table',
        {},
        htmlNode('caption', { class: 'hidden' }, caption),
        htmlNode('thead', {}, htmlNode('tr', {}, ...head.map((title) => (title === '' ? htmlNode('td') : htmlNode('th', { scope: 'col' }, title))))),
        htmlNode('tbody', {}, ...rows),
    );
}

/** A row without a label continues the one above. */
export function rowNode(label: string, cells: readonly string[]): HTMLTableRowElement {
    return htmlNode('tr', {}, label === '' ? htmlNode('td') : htmlNode('th', { scope: 'row' }, label), ...cells.map((cell) => htmlNode('td', {}, cell)));
}

/** A path may go on in the next line between two names. */
export function linkButton(text: string, onClick: () => void): HTMLButtonElement {
    const parts = text.split(/(?<=\.)(?=\p{L})/u).flatMap((part, place) => (place === 0 ? [part] : [htmlNode('wbr'), part]));
    const button = htmlNode('button', { type: 'button', class: 'link' }, ...parts);
    button.addEventListener('click', onClick);
    return button;
}
