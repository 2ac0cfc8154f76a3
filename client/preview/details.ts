/** The line under the picture: everything that is known of one box, in words. */
import type { SceneBox } from '#server/protocol.ts';
import { htmlNode } from './markup.ts';

export interface Details {
    readonly element: HTMLElement;
    readonly show: (box: SceneBox | undefined) => void;
}

const hint = 'Point at a box, or walk with the arrow keys. Click it, and the editor shows its line; with Ctrl or Cmd, where its figures come from.';

export function details(): Details {
    const element = htmlNode('div', { class: 'details', tabindex: 0, role: 'region', 'aria-label': 'Details' }, htmlNode('p', { class: 'hint' }, hint));
    let shown: string | undefined;
    return {
        element,
        show: (box) => {
            if (box?.description === shown) {
                return;
            }
            shown = box?.description;
            element.replaceChildren(...(box === undefined ? [htmlNode('p', { class: 'hint' }, hint)] : factsOf(box)));
        },
    };
}

/** A description says what a box is, then its facts, separated by semicolons; what is wrong comes first, where it is in sight. */
function factsOf({ description, severity }: SceneBox): readonly Node[] {
    const [name = '', ...facts] = description.split('; ');
    const wrong = facts.filter((fact) => severityOf(fact) !== undefined);
    const others = facts.filter((fact) => severityOf(fact) === undefined);
    return [
        htmlNode('strong', severity === undefined ? {} : { class: severity }, name),
        ...wrong.map((fact) => htmlNode('p', { class: severityOf(fact) ?? '' }, fact)),
        htmlNode('ul', {}, ...others.map((fact) => htmlNode('li', {}, fact))),
    ];
}

const severityOf = (fact: string): 'error' | 'warning' | undefined =>
    fact.startsWith('error: ') ? 'error' : fact.startsWith('warning: ') ? 'warning' : undefined;
