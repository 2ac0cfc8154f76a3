/** The row of controls over the picture: what width means, how much of it, what is searched, and how many findings there are. */
import { type ExportFormat, type PictureResource, type PictureShare, type PreviewStatus, pictureShares } from '#server/protocol.ts';
import { htmlNode, setText } from './markup.ts';
import { zoomLimits } from './page-state.ts';

export interface Toolbar {
    readonly element: HTMLElement;
    readonly show: (shown: { readonly resource: PictureResource; readonly share: PictureShare; readonly zoom: number; readonly locked?: boolean }) => void;
    readonly showFindings: (status: PreviewStatus) => void;
    /** A file that may be locked to comes from an editor that moves to others. */
    readonly showFile: (name: string, lockable: boolean) => void;
    readonly showMatches: (count: number | undefined) => void;
}

export interface ToolbarListeners {
    readonly onResource: (resource: PictureResource) => void;
    readonly onShare: (share: PictureShare) => void;
    readonly onZoom: (zoom: number) => void;
    readonly onFind: (text: string) => void;
    readonly onFindNext: () => void;
    readonly onForm: (form: 'picture' | 'table') => void;
    readonly onExport: (format: ExportFormat) => void;
    readonly onLock: (locked: boolean) => void;
}

/** What the width of a box means, of the chosen resource. */
const shareNames: Readonly<Record<PictureShare, string>> = { granted: 'granted', limited: 'at most', reserved: 'set aside' };

const zoomStep = 1.4;
const resourceNames: readonly (readonly [PictureResource, string])[] = [
    ['cpu', 'CPU'],
    ['memory', 'Memory'],
];

export function toolbar(listeners: ToolbarListeners): Toolbar {
    let zoom = 1;
    const radios = resourceNames.map(([resource, name]) => resourceRadio(resource, name, listeners.onResource));
    const share = shareChoice(listeners.onShare);
    const zoomOut = button('Zoom out', '−', () => listeners.onZoom(zoom / zoomStep));
    const zoomIn = button('Zoom in', '+', () => listeners.onZoom(zoom * zoomStep));
    const fit = button('Fit to window', 'Fit', () => listeners.onZoom(1));
    const findings = htmlNode('span', { class: 'findings', role: 'status' });
    const file = htmlNode('span', { class: 'file' });
    const matches = htmlNode('span', { class: 'matches', role: 'status' });
    const table = toggle('Show as table', 'Table', (on) => listeners.onForm(on ? 'table' : 'picture'));
    const lock = toggle('Lock to this file', 'Lock', listeners.onLock);
    lock.hidden = true;
    const element = htmlNode(
        'div',
        { class: 'toolbar' },
        htmlNode('fieldset', { class: 'resource' }, htmlNode('legend', { class: 'hidden' }, 'Width of the boxes'), ...radios.map(({ label }) => label), share),
        htmlNode('div', { class: 'zoom', role: 'group', 'aria-label': 'Zoom' }, zoomOut, fit, zoomIn),
        findField(listeners),
        matches,
        htmlNode(
            'div',
            { class: 'zoom', role: 'group', 'aria-label': 'Form and export' },
            table,
            button('Export this view as SVG', 'SVG', () => listeners.onExport('svg')),
            button('Report: export all views as one page', 'Report', () => listeners.onExport('html')),
            lock,
        ),
        file,
        findings,
    );
    return {
        element,
        show: (shown) => {
            zoom = shown.zoom;
            for (const { input } of radios) {
                input.checked = input.value === shown.resource;
            }
            share.value = shown.share;
            zoomOut.disabled = zoom <= zoomLimits.least;
            zoomIn.disabled = zoom >= zoomLimits.most;
            lock.setAttribute('aria-pressed', String(shown.locked === true));
        },
        showFindings: (status) => {
            setText(findings, findingsText(status));
            findings.classList.toggle('with-errors', status.errors > 0);
            findings.classList.toggle('with-warnings', status.errors === 0 && status.warnings > 0);
        },
        showFile: (name, lockable) => {
            setText(file, name);
            lock.hidden = !lockable;
        },
        showMatches: (count) => setText(matches, count === undefined ? '' : count === 1 ? '1 box' : `${count} boxes`),
    };
}

function findField({ onFind, onFindNext }: ToolbarListeners): HTMLInputElement {
    const field = htmlNode('input', { type: 'search', class: 'find', placeholder: 'Find', 'aria-label': 'Find in the picture' });
    field.addEventListener('input', () => onFind(field.value));
    field.addEventListener('keydown', ({ key }) => {
        if (key === 'Enter') {
            onFindNext();
        } else if (key === 'Escape') {
            field.value = '';
            onFind('');
        }
    });
    return field;
}

function resourceRadio(
    resource: PictureResource,
    name: string,
    onResource: ToolbarListeners['onResource'],
): { readonly label: HTMLLabelElement; readonly input: HTMLInputElement } {
    const input = htmlNode('input', { type: 'radio', name: 'resource', value: resource });
    input.addEventListener('change', () => onResource(resource));
    return { label: htmlNode('label', {}, input, htmlNode('span', {}, name)), input };
}

function shareChoice(onShare: ToolbarListeners['onShare']): HTMLSelectElement {
    const options = pictureShares.map((share) => htmlNode('option', { value: share }, shareNames[share]));
    const choice = htmlNode('select', { class: 'share', 'aria-label': 'How much of it' }, ...options);
    choice.addEventListener('change', () => {
        const chosen = pictureShares.find((share) => share === choice.value);
        if (chosen !== undefined) {
            onShare(chosen);
        }
    });
    return choice;
}

function button(name: string, face: string, onClick: () => void): HTMLButtonElement {
    const node = htmlNode('button', { type: 'button', title: name, 'aria-label': name }, face);
    node.addEventListener('click', onClick);
    return node;
}

function toggle(name: string, face: string, onToggle: (on: boolean) => void): HTMLButtonElement {
    const node = button(name, face, () => {
        const on = node.getAttribute('aria-pressed') !== 'true';
        node.setAttribute('aria-pressed', String(on));
        onToggle(on);
    });
    node.setAttribute('aria-pressed', 'false');
    return node;
}

function findingsText({ errors, warnings }: PreviewStatus): string {
    const parts = [counted(errors, 'error'), counted(warnings, 'warning')].filter((part) => part !== '');
    return parts.length === 0 ? 'No findings' : parts.join(', ');
}

function counted(count: number, word: string): string {
    return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`;
}
