/** The page's parts, top to bottom: controls, one line of status, the picture, what its marks mean, one box in words. */
import { walkHelp } from './keyboard-walk.ts';
import { htmlNode } from './markup.ts';

export interface PageLayout {
    readonly status: HTMLElement;
    /** Said in place of a picture. */
    readonly empty: HTMLElement;
    /** What scrolls. */
    readonly canvas: HTMLElement;
    readonly legend: HTMLElement;
}

export interface PageParts {
    readonly toolbar: HTMLElement;
    readonly picture: SVGSVGElement;
    readonly details: HTMLElement;
}

export function layOutPage(root: HTMLElement, { toolbar, picture, details }: PageParts): PageLayout {
    const status = htmlNode('p', { class: 'status', role: 'status' });
    const empty = htmlNode('p', { class: 'empty' }, 'Loading …');
    const canvas = htmlNode('main', { class: 'canvas' }, empty, picture);
    const legend = htmlNode('ul', { class: 'legend', 'aria-label': 'Legend' });
    const help = htmlNode('p', { class: 'hidden', id: 'walk-help' }, walkHelp);
    picture.setAttribute('aria-describedby', help.id);
    root.append(toolbar, status, canvas, legend, details, help);
    return { status, empty, canvas, legend };
}
