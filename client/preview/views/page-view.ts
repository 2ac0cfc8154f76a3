/** What the page needs from the drawing of one view: a panel beside or instead of the picture, filled with the view's content. */
import type { Target, ViewContent } from '#server/protocol.ts';
import type { PageState } from '../page-state.ts';

export interface PageView<Content extends ViewContent> {
    readonly panel: HTMLElement;
    readonly show: (content: Content) => void;
}

/** What a view may ask the page to do. */
export interface PageActions {
    /** Selects for all views, and shows the line in the editor. */
    readonly choose: (element: string) => void;
    readonly reveal: (target: Target) => void;
    /** Remembers, and asks anew for what is shown. */
    readonly change: (change: Partial<PageState>) => void;
}

export type MakeView<Content extends ViewContent> = (actions: PageActions) => PageView<Content>;
