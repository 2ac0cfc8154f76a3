/** The ways to run the selection side by side, and where their figures come from. */
import type { CompareContent } from '#server/protocol.ts';
import { htmlNode } from '../markup.ts';
import type { MakeView } from './page-view.ts';
import { linkButton, rowNode, tableNode } from './panel-table.ts';

export const comparePanel: MakeView<CompareContent> = ({ reveal }) => {
    const panel = htmlNode('div', { class: 'compare' });
    return {
        panel,
        show: ({ ways, sources }) => {
            if (ways === undefined) {
                panel.replaceChildren(htmlNode('p', { class: 'empty' }, 'There is no workload to compare: describe a container or a process.'));
                return;
            }
            const rows = ways.groups.flatMap(({ question, rows: inside }) => [
                htmlNode('tr', {}, htmlNode('th', { scope: 'rowgroup', class: 'question', colspan: ways.columns.length + 1 }, question)),
                ...inside.map(({ label, cells }) => rowNode(label, cells)),
            ]);
            panel.replaceChildren(
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
            );
        },
    };
};
