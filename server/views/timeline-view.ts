/** The Timeline view: what happens when, element by element, and the Strata view of the chosen moment. */
import { drawStrata } from '../picture/draw-strata.ts';
import { sceneDrawing } from '../picture/svg.ts';
import type { TimelineContent } from '../protocol.ts';
import type { View } from './view.ts';

export const timelineView: View<TimelineContent> = {
    name: 'timeline',
    content: ({ analysis: { result } }, options) => ({ view: 'timeline', scene: drawStrata(result, result.findings, options), scenarios: [] }),
    drawing: ({ scene }) => sceneDrawing(scene),
};
