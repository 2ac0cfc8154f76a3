/** The picture as a tree grid: the same boxes in the same order, each with everything that is known of it, for whoever does not look. */
import type { Scene, SceneBox } from '#server/protocol.ts';
import { htmlNode, setAttributes } from './markup.ts';
import { type SceneTree, sceneTree } from './scene-tree.ts';

export interface SceneTable {
    readonly element: HTMLElement;
    readonly draw: (scene: Scene) => void;
    readonly select: (element: string | undefined) => void;
}

export interface SceneTableListeners {
    readonly onChoose: (box: SceneBox) => void;
    readonly onDescribe: (box: SceneBox) => void;
}

interface Row {
    readonly box: SceneBox;
    readonly level: number;
    readonly position: number;
    readonly siblings: number;
    readonly carries: boolean;
}

/** More rows are not laid out; the carriers below can be opened one by one. */
const mostRows = 400;

/** From this level on, rows are set in no further. */
const deepest = 12;

export function sceneTable({ onChoose, onDescribe }: SceneTableListeners): SceneTable {
    const body = htmlNode('tbody');
    const more = htmlNode('p', { class: 'more-rows' });
    const grid = htmlNode(
        'table',
        { role: 'treegrid', 'aria-label': 'Everything in the picture', 'aria-readonly': 'true' },
        htmlNode('thead', {}, htmlNode('tr', {}, ...['What', 'Share', 'Facts'].map((title) => htmlNode('th', { scope: 'col' }, title)))),
        body,
    );
    const element = htmlNode('div', { class: 'scene-table away' }, grid, more);
    const tree = sceneTree([]);
    let boxes: readonly SceneBox[] = [];
    let rows: readonly Row[] = [];
    let selected: string | undefined;
    let current: string | undefined;
    const closed = new Set<string>();

    const isShown = (row: Row, byKey: ReadonlyMap<string, Row>): boolean => {
        for (let next = row.box.parent; next !== undefined; next = byKey.get(next)?.box.parent) {
            if (closed.has(next)) {
                return false;
            }
        }
        return true;
    };
    const render = (): void => {
        tree.take(boxes);
        rows = rowsOf(tree);
        const byKey = new Map(rows.map((row) => [row.box.key, row]));
        const shown = rows.filter((row) => isShown(row, byKey));
        current = shown.some(({ box }) => box.key === current) ? current : shown[0]?.box.key;
        const hadFocus = body.contains(document.activeElement);
        body.replaceChildren(...shown.slice(0, mostRows).map(rowNode));
        more.textContent = shown.length > mostRows ? `${shown.length - mostRows} more rows: close some of those above.` : '';
        if (hadFocus) {
            focusRow(current);
        }
    };
    const rowNode = ({ box, level, position, siblings, carries }: Row): HTMLElement => {
        const [name = '', ...facts] = box.description.split('; ');
        const row = htmlNode(
            'tr',
            {
                role: 'row',
                'data-row': box.key,
                tabindex: box.key === current ? 0 : -1,
                'aria-level': level,
                'aria-posinset': position,
                'aria-setsize': siblings,
                'aria-selected': String(box.element !== undefined && box.element === selected),
            },
            htmlNode('td', { role: 'gridcell' }, name),
            htmlNode('td', { role: 'gridcell' }, box.detail?.text ?? ''),
            htmlNode('td', { role: 'gridcell' }, facts.join('; ')),
        );
        row.style.setProperty('--level', String(Math.min(level, deepest)));
        if (carries) {
            setAttributes(row, { 'aria-expanded': String(!closed.has(box.key)) });
        }
        return row;
    };
    const focusRow = (key: string | undefined): void => {
        const target = [...body.children].find((row) => row.getAttribute('data-row') === key);
        for (const row of body.querySelectorAll('[tabindex="0"]')) {
            row.setAttribute('tabindex', '-1');
        }
        if (target instanceof HTMLElement) {
            current = key;
            target.setAttribute('tabindex', '0');
            target.focus();
            const row = rows.find(({ box }) => box.key === key);
            if (row !== undefined) {
                onDescribe(row.box);
            }
        }
    };
    const toggle = (key: string, wanted: 'open' | 'closed'): void => {
        if (closed.has(key) !== (wanted === 'closed')) {
            closed[wanted === 'closed' ? 'add' : 'delete'](key);
            render();
        }
    };
    const press = (key: string, on: string): boolean => {
        const keys = [...body.children].map((row) => row.getAttribute('data-row') ?? '');
        const place = keys.indexOf(on);
        const row = rows.find(({ box }) => box.key === on);
        switch (key) {
            case 'ArrowDown':
                focusRow(keys[Math.min(place + 1, keys.length - 1)]);
                return true;
            case 'ArrowUp':
                focusRow(keys[Math.max(place - 1, 0)]);
                return true;
            case 'Home':
                focusRow(keys[0]);
                return true;
            case 'End':
                focusRow(keys.at(-1));
                return true;
            case 'ArrowRight':
                toggle(on, 'open');
                return true;
            case 'ArrowLeft':
                if (row?.carries === true && !closed.has(on)) {
                    toggle(on, 'closed');
                } else {
                    focusRow(row?.box.parent ?? on);
                }
                return true;
            case 'Enter':
            case ' ':
                if (row !== undefined) {
                    onChoose(row.box);
                }
                return true;
            default:
                return false;
        }
    };
    const keyAt = (target: EventTarget | null): string | undefined =>
        target instanceof Element ? (target.closest('[data-row]')?.getAttribute('data-row') ?? undefined) : undefined;
    body.addEventListener('keydown', (event) => {
        const on = keyAt(event.target);
        if (on !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey && press(event.key, on)) {
            event.preventDefault();
        }
    });
    body.addEventListener('click', (event) => {
        const on = keyAt(event.target);
        const row = rows.find(({ box }) => box.key === on);
        if (row !== undefined) {
            focusRow(on);
            onChoose(row.box);
        }
    });
    const isAway = (): boolean => element.classList.contains('away');
    let stale = false;
    new MutationObserver(() => {
        if (stale && !isAway()) {
            stale = false;
            render();
        }
    }).observe(element, { attributeFilter: ['class'] });
    const refresh = (): void => {
        stale = isAway();
        if (!stale) {
            render();
        }
    };
    return {
        element,
        draw: (scene) => {
            boxes = scene.boxes;
            refresh();
        },
        select: (wanted) => {
            selected = wanted;
            refresh();
        },
    };
}

/** Carriers before what they carry, each with all that it carries behind it. */
function rowsOf({ boxes, carriedBy }: SceneTree): readonly Row[] {
    const rowsOn = (carrier: string | undefined, level: number): readonly Row[] =>
        carriedBy(carrier).flatMap((key, place, { length }) => {
            const box = boxes.get(key);
            return box === undefined ? [] : [{ box, level, position: place + 1, siblings: length, carries: carriedBy(key).length > 0 }];
        });
    const rows: Row[] = [];
    const open = rowsOn(undefined, 1).toReversed();
    for (let row = open.pop(); row !== undefined; row = open.pop()) {
        rows.push(row);
        open.push(...rowsOn(row.box.key, row.level + 1).toReversed());
    }
    return rows;
}
