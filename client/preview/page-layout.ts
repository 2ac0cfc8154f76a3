/** The page's parts, top to bottom: controls, one line of status, the view with its panel and picture, what marks mean, one box in words. */
import { type ViewName, viewNames, viewTitles } from '#server/protocol.ts';
import { htmlNode } from './markup.ts';

export interface PageLayout {
    readonly status: HTMLElement;
    /** Puts the panel of the view that is shown into its place. */
    readonly showPanel: (panel: HTMLElement) => void;
    /** Whether there is a picture beside the panel. */
    readonly arrange: (view: ViewName) => void;
}

export interface PageParts {
    readonly toolbar: HTMLElement;
    readonly canvas: HTMLElement;
    readonly overview: SVGSVGElement;
    readonly legend: HTMLElement;
    readonly details: HTMLElement;
    readonly sliders: HTMLElement;
    readonly onView: (view: ViewName) => void;
}

const withoutPicture: ReadonlySet<ViewName> = new Set(['compare', 'checks']);

export function layOutPage(root: HTMLElement, { toolbar, canvas, overview, legend, details, sliders, onView }: PageParts): PageLayout {
    const status = htmlNode('p', { class: 'status', role: 'status' });
    const panel = htmlNode('div', { class: 'panel' });
    const view = htmlNode('div', { class: 'view', id: 'view', role: 'tabpanel', tabindex: -1 }, panel, canvas, overview);
    const tabs = tabList(onView);
    const foot = htmlNode('footer', { class: 'foot', 'aria-label': 'Legend and details' }, legend, sliders, details);
    root.append(
        htmlNode('header', { class: 'head' }, htmlNode('h1', { class: 'hidden' }, 'Strata preview'), tabs.element, toolbar),
        status,
        htmlNode('main', {}, view),
        foot,
    );
    return {
        status,
        showPanel: (shown) => {
            // A node that is put where it stands already loses its focus, and has the page laid out anew.
            if (panel.firstElementChild !== shown) {
                panel.replaceChildren(shown);
            }
        },
        arrange: (name) => {
            root.className = `view-${name}`;
            view.setAttribute('aria-label', viewTitles[name]);
            tabs.show(name);
            const isPictured = !withoutPicture.has(name);
            canvas.classList.toggle('away', !isPictured);
            foot.classList.toggle('away', !isPictured);
        },
    };
}

/** One tab is in the tab order; arrows go from one to the next, as the pattern of tabs asks for. */
function tabList(onView: (view: ViewName) => void): { readonly element: HTMLElement; readonly show: (view: ViewName) => void } {
    const tabs = viewNames.map((view) => {
        const tab = htmlNode('button', { type: 'button', role: 'tab', id: `tab-${view}`, 'aria-controls': 'view' }, viewTitles[view]);
        tab.addEventListener('click', () => onView(view));
        return tab;
    });
    const element = htmlNode('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views' }, ...tabs);
    element.addEventListener('keydown', ({ key }) => {
        const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
        const from = tabs.map((tab): Element => tab).indexOf(document.activeElement ?? element);
        const next = tabs[(from + by + tabs.length) % tabs.length];
        if (by !== 0 && from >= 0) {
            next?.focus();
            next?.click();
        }
    });
    return {
        element,
        show: (view) => {
            for (const [place, tab] of tabs.entries()) {
                const isShown = viewNames[place] === view;
                tab.setAttribute('aria-selected', String(isShown));
                tab.setAttribute('tabindex', isShown ? '0' : '-1');
            }
        },
    };
}
