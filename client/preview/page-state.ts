/** What the page remembers over hiding, moving and reloading: kept by its host, trusted by nobody. */
import type { PictureResource } from '#server/protocol.ts';

export interface PageState {
    readonly resource: PictureResource;
    /** Width of the picture over the width of the window. */
    readonly zoom: number;
    /** Element that is selected, by click, key or cursor. */
    readonly selected?: string;
    readonly scroll: { readonly left: number; readonly top: number };
}

const initialState: PageState = { resource: 'memory', zoom: 1, scroll: { left: 0, top: 0 } };
export const zoomLimits = { least: 1, most: 16 } as const;

/** The state that was kept, as far as it makes sense. */
export function stateFrom(kept: unknown): PageState {
    if (typeof kept !== 'object' || kept === null) {
        return initialState;
    }
    const { resource, zoom, selected, scroll } = kept as Partial<Record<keyof PageState, unknown>>;
    return {
        resource: resource === 'cpu' || resource === 'memory' ? resource : initialState.resource,
        zoom: typeof zoom === 'number' ? limitZoom(zoom) : initialState.zoom,
        scroll: scrollFrom(scroll),
        ...(typeof selected === 'string' ? { selected } : {}),
    };
}

export function limitZoom(zoom: number): number {
    return Number.isFinite(zoom) ? Math.min(zoomLimits.most, Math.max(zoomLimits.least, zoom)) : 1;
}

function scrollFrom(kept: unknown): PageState['scroll'] {
    const { left, top } = (typeof kept === 'object' && kept !== null ? kept : {}) as { left?: unknown; top?: unknown };
    return { left: typeof left === 'number' ? left : 0, top: typeof top === 'number' ? top : 0 };
}
