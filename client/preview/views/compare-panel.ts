/** What has changed since the last commit; then the ways to run the selection side by side, and where their figures come from. */
import type { ChangeContent, CompareContent, CompareTable } from '#server/protocol.ts';
import { htmlNode } from '../markup.ts';
import type { MakeView, PageActions } from './page-view.ts';
import { linkButton, rowNode, tableNode } from './panel-table.ts';

export const comparePanel: MakeView<CompareContent> = (actions) => {
    const panel = htmlNode('div', { class: 'compare' });
    return {
        panel,
        show: ({ change, ways, sources }) => {
            panel.replaceChildren(...(change === undefined ? [] : changeNodes(change)), ...waysNodes(ways, sources, actions));
        },
    };
};

/** What the text does now that it did not do when it was committed. */
function changeNodes(change: ChangeContent): readonly Node[] {
    if (change.kind === 'unknown') {
        return [htmlNode('h2', {}, 'Since the last commit'), htmlNode('p', { class: 'change' }, `Nothing to compare with: ${change.because}.`)];
    }
    return [
        htmlNode('h2', {}, `Since ${change.before}`),
        htmlNode('p', { class: 'change' }, `${change.summary}.`),
        ...change.tables.flatMap(({ title, columns, rows, note }) => [
            htmlNode('h3', {}, title),
            htmlNode(
                'div',
                { class: 'wide changes', tabindex: 0, role: 'region', 'aria-label': title },
                tableNode(
                    `${title} at ${change.before} and now`,
                    columns,
                    rows.map(([label = '', ...cells]) => rowNode(label, cells)),
                ),
            ),
            ...(note === undefined ? [] : [htmlNode('p', {}, note)]),
        ]),
    ];
}

function waysNodes(ways: CompareTable | undefined, sources: CompareContent['sources'], { reveal }: PageActions): readonly Node[] {
    if (ways === undefined) {
        return [htmlNode('p', { class: 'empty' }, 'There is no workload to compare: describe a container or a process.')];
    }
    const rows = ways.groups.flatMap(({ question, rows: inside }) => [
        htmlNode('tr', {}, htmlNode('th', { scope: 'rowgroup', class: 'question', colspan: ways.columns.length + 1 }, question)),
        ...inside.map(({ label, cells }) => rowNode(label, cells)),
    ]);
    return [
        htmlNode('h2', {}, `Ways to run ${ways.title}`),
        htmlNode(
            'div',
            { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Figures' },
            tableNode(`Ways to run ${ways.title}`, ['', ...ways.columns], rows),
        ),
        htmlNode('ul', { class: 'notes' }, ...ways.notes.map((note) => htmlNode('li', {}, note))),
        htmlNode('h3', {}, 'Where the figures come from'),
        htmlNode(
            'ul',
            { class: 'sources' },
            ...sources.map(({ id, figure, source }) =>
                htmlNode(
                    'li',
                    {},
                    linkButton(figure, () => reveal({ kind: 'source', id })),
                    ` ${source}`,
                ),
            ),
        ),
    ];
}
