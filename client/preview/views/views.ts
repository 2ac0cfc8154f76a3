/** How the page draws each view; add yours here. */
import type { ViewContent, ViewName } from '#server/protocol.ts';
import { htmlNode } from '../markup.ts';
import { checksPanel } from './checks-panel.ts';
import { comparePanel } from './compare-panel.ts';
import { isolationPanel } from './isolation-panel.ts';
import type { MakeView, PageActions, PageView } from './page-view.ts';
import { timelinePanel } from './timeline-panel.ts';

type ContentOf<Name extends ViewName> = Extract<ViewContent, { readonly view: Name }>;

const makers: { readonly [Name in ViewName]: MakeView<ContentOf<Name>> } = {
    strata: () => ({ panel: htmlNode('div'), show: () => undefined }),
    timeline: timelinePanel,
    isolation: isolationPanel,
    compare: comparePanel,
    checks: checksPanel,
};

/** Views are made when they are first shown. */
export function pageViews(actions: PageActions): (content: ViewContent) => HTMLElement {
    const made = new Map<ViewName, PageView<ViewContent>>();
    return (content) => {
        const view = made.get(content.view) ?? (makers[content.view] as MakeView<ViewContent>)(actions);
        made.set(content.view, view);
        view.show(content);
        return view.panel;
    };
}
