/** The Strata view: every host as the layers it really has. */
import { drawStrata } from '../picture/draw-strata.ts';
import { sceneDrawing } from '../picture/svg.ts';
import type { StrataContent } from '../protocol.ts';
import type { View } from './view.ts';

export const strataView: View<StrataContent> = {
    name: 'strata',
    content: ({ analysis: { result } }, options) => ({ view: 'strata', scene: drawStrata(result, result.findings, options) }),
    drawing: ({ scene }) => sceneDrawing(scene),
};
