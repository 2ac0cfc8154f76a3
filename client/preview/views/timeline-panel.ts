/** What happens when: lanes, charts and events over one axis of time, with a scrubber. */
import type { TimelineContent } from '#server/protocol.ts';
import { htmlNode } from '../markup.ts';
import type { MakeView } from './page-view.ts';

export const timelinePanel: MakeView<TimelineContent> = () => {
    const panel = htmlNode('div', { class: 'timeline' });
    return {
        panel,
        show: () => panel.replaceChildren(htmlNode('p', { class: 'empty' }, 'This file describes no scenario.')),
    };
};
