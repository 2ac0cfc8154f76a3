/** The row of controls over the picture: what width means, how much of it, and how many findings there are. */
import type { PictureResource, PreviewStatus } from '#server/protocol.ts';
import { htmlNode, setText } from './markup.ts';
import { zoomLimits } from './page-state.ts';

export interface Toolbar {
    readonly element: HTMLElement;
    readonly show: (shown: { readonly resource: PictureResource; readonly zoom: number }) => void;
    readonly showFindings: (status: PreviewStatus) => void;
    readonly showFile: (name: string) => void;
}

export interface ToolbarListeners {
    readonly onResource: (resource: PictureResource) => void;
    readonly onZoom: (zoom: number) => void;
}

const zoomStep = 1.4;
const resourceNames: readonly (readonly [PictureResource, string])[] = [
    ['cpu', 'CPU'],
    ['memory', 'Memory'],
];

export function toolbar(listeners: ToolbarListeners): Toolbar {
    let zoom = 1;
    const radios = resourceNames.map(([resource, name]) => resourceRadio(resource, name, listeners.onResource));
    const zoomOut = button('Zoom out', '−', () => listeners.onZoom(zoom / zoomStep));
    const zoomIn = button('Zoom in', '+', () => listeners.onZoom(zoom * zoomStep));
    const fit = button('Fit to window', 'Fit', () => listeners.onZoom(1));
    const findings = htmlNode('span', { class: 'findings', role: 'status' });
    const file = htmlNode('span', { class: 'file' });
    const element = htmlNode(
        'header',
        { class: 'toolbar' },
        htmlNode('fieldset', { class: 'resource' }, htmlNode('legend', { class: 'hidden' }, 'Width of the boxes'), ...radios.map(({ label }) => label)),
        htmlNode('div', { class: 'zoom', role: 'group', 'aria-label': 'Zoom' }, zoomOut, fit, zoomIn),
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
            zoomOut.disabled = zoom <= zoomLimits.least;
            zoomIn.disabled = zoom >= zoomLimits.most;
        },
        showFindings: (status) => {
            setText(findings, findingsText(status));
            findings.classList.toggle('with-errors', status.errors > 0);
            findings.classList.toggle('with-warnings', status.errors === 0 && status.warnings > 0);
        },
        showFile: (name) => setText(file, name),
    };
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

function button(name: string, face: string, onClick: () => void): HTMLButtonElement {
    const node = htmlNode('button', { type: 'button', title: name, 'aria-label': name }, face);
    node.addEventListener('click', onClick);
    return node;
}

function findingsText({ errors, warnings }: PreviewStatus): string {
    const parts = [counted(errors, 'error'), counted(warnings, 'warning')].filter((part) => part !== '');
    return parts.length === 0 ? 'No findings' : parts.join(', ');
}

function counted(count: number, word: string): string {
    return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`;
}
