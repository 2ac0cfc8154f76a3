/** Expectations and findings with their values, filtered by words and by what is wrong; a click shows the line. */
import { type CheckRow, type ChecksContent, checkSigns } from '#server/protocol.ts';
import { htmlNode, setText } from '../markup.ts';
import type { MakeView, PageActions } from './page-view.ts';
import { linkButton, tableNode } from './panel-table.ts';

/** More rows are counted. */
const mostRows = 500;

export const checksPanel: MakeView<ChecksContent> = ({ reveal, choose }) => {
    const words = htmlNode('input', { type: 'search', placeholder: 'Filter', 'aria-label': 'Filter checks' });
    const onlyBad = htmlNode('input', { type: 'checkbox' });
    const count = htmlNode('span', { class: 'count', role: 'status' });
    const list = htmlNode('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Expectations and findings' });
    const panel = htmlNode(
        'div',
        { class: 'checks' },
        htmlNode('p', { class: 'filter' }, words, htmlNode('label', {}, onlyBad, ' only what does not hold'), count),
        list,
    );
    let rows: readonly CheckRow[] = [];

    const rowNode = (row: CheckRow): Node =>
        htmlNode(
            'tr',
            { class: `check ${row.state}` },
            htmlNode('td', { class: 'state' }, `${checkSigns[row.state]} ${row.state}`),
            htmlNode(
                'td',
                {},
                linkButton(row.title, () => reveal({ kind: 'check', id: row.id })),
            ),
            htmlNode('td', {}, ...foundNodes(row, choose)),
        );
    const render = (): void => {
        const wanted = words.value.trim().toLowerCase();
        const shown = rows.filter(
            (row) =>
                (!onlyBad.checked || row.state !== 'holds') &&
                [row.state, row.title, row.message, row.element, row.scenario].some((text) => text?.toLowerCase().includes(wanted) === true),
        );
        setText(count, rows.length === 0 ? 'No expectations and no findings' : `${shown.length} of ${rows.length}`);
        list.replaceChildren(tableNode('Expectations and findings', ['State', 'Check', 'Found'], shown.slice(0, mostRows).map(rowNode)));
    };
    words.addEventListener('input', render);
    onlyBad.addEventListener('change', render);
    return {
        panel,
        show: (content) => {
            rows = content.rows;
            render();
        },
    };
};

/** The value, the scenario that it is of, the element, and what is wrong there: whichever of them there are. */
function foundNodes({ value, scenario, element, message }: CheckRow, choose: PageActions['choose']): readonly (Node | string)[] {
    const found = [
        value,
        scenario === undefined ? undefined : `in ${scenario}`,
        element === undefined ? undefined : linkButton(element, () => choose(element)),
        message,
    ].filter((part) => part !== undefined);
    return found.flatMap((part, place) => (place === 0 ? [part] : [' · ', part]));
}
