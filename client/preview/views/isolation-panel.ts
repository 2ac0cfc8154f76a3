/** The walls between workloads as a matrix, what falls with the selected one, and what `ps` shows there. */
import { type Blast, type BrokenLevel, type IsolationContent, type ProcessList, wallMarks } from '#server/protocol.ts';
import { htmlNode } from '../markup.ts';
import type { MakeView, PageActions } from './page-view.ts';
import { rowNode, tableNode } from './panel-table.ts';

const brokenTitles: Readonly<Record<BrokenLevel, string>> = {
    nothing: 'Nothing broken',
    runtime: 'Container runtime broken',
    kernel: 'Kernel broken',
    hypervisor: 'Hypervisor broken',
};

export const isolationPanel: MakeView<IsolationContent> = (actions) => {
    const matrix = htmlNode('section', { class: 'walls', 'aria-label': 'Walls' });
    const blast = htmlNode('section', { class: 'blast', 'aria-label': 'Blast radius' });
    const processes = htmlNode('section', { class: 'processes', 'aria-label': 'What is seen' });
    const panel = htmlNode('div', { class: 'isolation' }, matrix, blast, processes);
    return {
        panel,
        show: (content) => {
            keepingFocus(panel, () => {
                matrix.replaceChildren(...matrixNodes(content, actions));
                blast.replaceChildren(...(content.blast === undefined ? [] : blastNodes(content.blast, actions)));
                processes.replaceChildren(...(content.processes === undefined ? [] : processNodes(content.processes, actions)));
            });
        },
    };
};

/** Whoever pressed a button that is made anew still stands on it. */
function keepingFocus(panel: HTMLElement, change: () => void): void {
    const focused = panel.contains(document.activeElement) ? document.activeElement?.getAttribute('data-focus') : undefined;
    change();
    if (focused !== undefined && focused !== null) {
        const again = [...panel.querySelectorAll('[data-focus]')].find((node) => node.getAttribute('data-focus') === focused);
        if (again instanceof HTMLElement) {
            again.focus();
        }
    }
}

function matrixNodes({ workloads, walls, left, blast }: IsolationContent, { choose }: PageActions): readonly Node[] {
    if (workloads.length === 0) {
        return [htmlNode('p', { class: 'empty' }, 'There is no workload yet: describe a container or a process.')];
    }
    const rows = workloads.map(({ element, label, count, kernel, tint }, place) => {
        const name = htmlNode(
            'button',
            { type: 'button', 'data-focus': element, 'aria-pressed': String(element === blast?.element), title: `on the kernel of ${kernel}` },
            `${place + 1} ${label}${count > 1 ? ` ×${count}` : ''}`,
        );
        name.addEventListener('click', () => choose(element));
        const cells = (walls[place] ?? []).map((wall, column) =>
            wall === null
                ? htmlNode('td', { class: 'none' }, '–')
                : htmlNode(
                      'td',
                      { class: `wall wall-${wall}`, title: `${label} – ${workloads[column]?.label ?? ''}: ${wall}` },
                      htmlNode('abbr', { title: wall }, wallMarks[wall].letter),
                  ),
        );
        return htmlNode('tr', {}, htmlNode('th', { scope: 'row', class: tint === undefined ? '' : `tint-${tint}` }, name), ...cells);
    });
    const table = tableNode('The weakest wall between any two workloads', ['', ...workloads.map((_, place) => String(place + 1))], rows);
    const drawn = new Set(walls.flat());
    return [
        htmlNode('h2', {}, 'Walls'),
        htmlNode('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Matrix of walls' }, table),
        htmlNode(
            'ul',
            { class: 'legend' },
            ...Object.entries(wallMarks).flatMap(([wall, { letter, words }]) =>
                [...drawn].some((one) => one === wall)
                    ? [htmlNode('li', {}, htmlNode('span', { class: `wall wall-${wall}`, 'aria-hidden': 'true' }, letter), words)]
                    : [],
            ),
        ),
        ...(left > 0 ? [htmlNode('p', {}, `${left} more workloads have no row; select one to see it.`)] : []),
    ];
}

function blastNodes({ label, broken, levels, walls }: Blast, { change }: PageActions): readonly Node[] {
    const choices = levels.map((level) => {
        const input = htmlNode('input', { type: 'radio', name: 'broken', value: level.broken, 'data-focus': `broken ${level.broken}` });
        input.checked = level.broken === broken;
        input.addEventListener('change', () => change({ broken: level.broken }));
        return htmlNode('label', {}, input, htmlNode('span', {}, htmlNode('strong', {}, brokenTitles[level.broken]), `: ${level.words}`));
    });
    const reasons = levels.find((level) => level.broken === broken)?.reasons ?? [];
    return [
        htmlNode('h2', {}, `An attacker in ${label}`),
        htmlNode('fieldset', {}, htmlNode('legend', { class: 'hidden' }, 'What is broken'), ...choices),
        htmlNode('ul', { class: 'reasons' }, ...reasons.map((reason) => htmlNode('li', {}, reason))),
        htmlNode(
            'details',
            {},
            htmlNode('summary', {}, 'Why each wall is what it is'),
            htmlNode('ul', {}, ...walls.map(({ label: other, wall, because }) => htmlNode('li', {}, htmlNode('strong', {}, `${other}: ${wall}. `), because))),
        ),
    ];
}

function processNodes({ from, vantages, facts, rows, left }: ProcessList, { change }: PageActions): readonly Node[] {
    const choice = htmlNode(
        'select',
        { 'aria-label': 'Where ps is run', 'data-focus': 'vantage' },
        ...vantages.map((path) => htmlNode('option', { value: path }, path)),
    );
    choice.value = from;
    choice.addEventListener('change', () => change({ vantage: choice.value }));
    return [
        htmlNode('h2', {}, 'What ', htmlNode('code', {}, 'ps'), ' shows in ', choice),
        htmlNode(
            'div',
            { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Processes' },
            tableNode(
                `Processes seen from ${from}`,
                ['Process', 'PID', 'PID inside', 'Whose'],
                rows.map(({ pid, innerPid, name, path }) => rowNode(name, [String(pid), innerPid === undefined ? '–' : String(innerPid), path])),
            ),
        ),
        ...(left === '' ? [] : [htmlNode('p', {}, left)]),
        htmlNode('ul', { class: 'facts' }, ...facts.map((fact) => htmlNode('li', {}, fact))),
    ];
}
