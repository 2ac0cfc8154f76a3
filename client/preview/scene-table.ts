/** The picture as a tree grid: the same boxes in the same order, each with everything that is known of it, for whoever does not look. */
import type { Scene, SceneBox } from '#server/protocol.ts';
import { htmlNode, setAttributes } from './markup.ts';

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
        rows = rowsOf(boxes);
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
            htmlNode('td', { role: 'gridcell', class: `level-${Math.min(level, 12)}` }, name),
            htmlNode('td', { role: 'gridcell' }, box.detail?.text ?? ''),
            htmlNode('td', { role: 'gridcell' }, facts.join('; ')),
        );
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
function rowsOf(boxes: readonly SceneBox[]): readonly Row[] {
    const carried = new Map<string | undefined, SceneBox[]>();
    for (const box of boxes) {
        const siblings = carried.get(box.parent) ?? [];
        siblings.push(box);
        carried.set(box.parent, siblings);
    }
    const rows: Row[] = [];
    const rowOf = (box: SceneBox, level: number, place: number, siblings: number): Row => ({
        box,
        level,
        position: place + 1,
        siblings,
        carries: carried.has(box.key),
    });
    const open = (carried.get(undefined) ?? []).map((box, place, all) => rowOf(box, 1, place, all.length)).reverse();
    for (let row = open.pop(); row !== undefined; row = open.pop()) {
        rows.push(row);
        const { box, level } = row;
        const above = (carried.get(box.key) ?? []).map((child, place, all) => rowOf(child, level + 1, place, all.length));
        open.push(...above.reverse());
    }
    return rows;
}
