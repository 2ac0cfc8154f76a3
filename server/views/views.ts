/** Every view; add yours here, and draw it in the page. */

import type { Drawing } from '../picture/svg.ts';
import type { ViewContent, ViewName, ViewOptions } from '../protocol.ts';
import { checksView } from './checks-view.ts';
import { compareView } from './compare-view.ts';
import { isolationView } from './isolation-view.ts';
import { strataView } from './strata-view.ts';
import { timelineView } from './timeline-view.ts';
import type { View, ViewSubject } from './view.ts';

const views: { readonly [Name in ViewName]: View<Extract<ViewContent, { readonly view: Name }>> } = {
    strata: strataView,
    timeline: timelineView,
    isolation: isolationView,
    compare: compareView,
    checks: checksView,
};

export function contentOf(view: ViewName, subject: ViewSubject, options: ViewOptions): ViewContent {
    return views[view].content(subject, options);
}

/** The view as `strata render` and the page's export write it: one function, so the same bytes. */
export function drawingOf(view: ViewName, subject: ViewSubject, options: ViewOptions): Drawing {
    const draw = <Content extends ViewContent>({ content, drawing }: View<Content>): Drawing => drawing(content(subject, options), options.width);
    return draw(views[view] as View<ViewContent>);
}
