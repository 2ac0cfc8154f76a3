/** What the page remembers over hiding, moving and reloading: kept by its host, trusted by nobody. */
import {
    type BrokenLevel,
    brokenLevels,
    type PictureResource,
    type PictureShare,
    pictureShares,
    type ViewName,
    type ViewOptions,
    viewNames,
} from '#server/protocol.ts';

/** One selection and one moment for all views. */
export interface PageState {
    readonly view: ViewName;
    readonly resource: PictureResource;
    readonly share: PictureShare;
    /** Width of the picture over the width of the window. */
    readonly zoom: number;
    /** Element that is selected, by click, key or cursor. */
    readonly selected?: string;
    /** Seconds from the start of the scenario. */
    readonly at?: number;
    readonly scenario?: string;
    readonly broken: BrokenLevel;
    /** Where `ps` is run, where it is not at the selection. */
    readonly vantage?: string;
    readonly scroll: { readonly left: number; readonly top: number };
    /** URI of the file; VS Code hands it back when it restores the page. */
    readonly file?: string;
    /** Whether the preview stays at its file. */
    readonly locked?: boolean;
}

const initialState: PageState = { view: 'strata', resource: 'memory', share: 'granted', zoom: 1, broken: 'nothing', scroll: { left: 0, top: 0 } };
export const zoomLimits = { least: 1, most: 16 } as const;

/** The state that was kept, as far as it makes sense. */
export function stateFrom(kept: unknown): PageState {
    if (typeof kept !== 'object' || kept === null) {
        return initialState;
    }
    const { view, resource, share, zoom, at, broken, scroll, locked, ...rest } = kept as Partial<Record<keyof PageState, unknown>>;
    return {
        view: viewNames.find((name) => name === view) ?? initialState.view,
        resource: resource === 'cpu' || resource === 'memory' ? resource : initialState.resource,
        share: pictureShares.find((name) => name === share) ?? initialState.share,
        zoom: typeof zoom === 'number' ? limitZoom(zoom) : initialState.zoom,
        broken: brokenLevels.find((level) => level === broken) ?? initialState.broken,
        scroll: scrollFrom(scroll),
        ...(typeof at === 'number' && Number.isFinite(at) ? { at } : {}),
        ...(typeof locked === 'boolean' ? { locked } : {}),
        ...textIn('selected', rest),
        ...textIn('scenario', rest),
        ...textIn('vantage', rest),
        ...textIn('file', rest),
    };
}

export function limitZoom(zoom: number): number {
    return Number.isFinite(zoom) ? Math.min(zoomLimits.most, Math.max(zoomLimits.least, zoom)) : 1;
}

/** What the view depends on, and nothing else: a change of the rest asks for no new picture. */
export function optionsOf(state: PageState, canvasWidth: number): ViewOptions {
    const { view, resource, share, zoom, selected, at, scenario, broken, vantage } = state;
    const width = Math.max(1, Math.floor(canvasWidth * zoom));
    const chosen = selected === undefined ? {} : { selected };
    switch (view) {
        case 'strata':
            return { resource, share, width };
        case 'timeline':
            return { resource, share, width, ...chosen, ...(at === undefined ? {} : { at }), ...(scenario === undefined ? {} : { scenario }) };
        case 'isolation':
            return { resource, share, width, broken, ...chosen, ...(vantage === undefined ? {} : { vantage }) };
        case 'compare':
            return { resource, width: exportWidth, ...chosen };
        case 'checks':
            return { resource, width: exportWidth };
        default:
            return view satisfies never;
    }
}

/** Of a view that is drawn as text: the page's own width does not matter. */
const exportWidth = 1000;

function textIn<Key extends 'selected' | 'scenario' | 'vantage' | 'file'>(
    key: Key,
    kept: Readonly<Partial<Record<Key, unknown>>>,
): { readonly [Name in Key]?: string } {
    return (typeof kept[key] === 'string' ? { [key]: kept[key] } : {}) as { readonly [Name in Key]?: string };
}

function scrollFrom(kept: unknown): PageState['scroll'] {
    const { left, top } = (typeof kept === 'object' && kept !== null ? kept : {}) as { left?: unknown; top?: unknown };
    return { left: typeof left === 'number' ? left : 0, top: typeof top === 'number' ? top : 0 };
}
