/** Lowers pods. */
import type { Pod } from '#simulation/model/topology.ts';
import { type Lowering, lowerCommon, readerOf } from './context.ts';
import { lowerControls } from './group-controls.ts';

export const lowerPod: Lowering<Pod> = (declaration, context) => ({
    kind: 'pod',
    ...lowerCommon(declaration),
    ...lowerControls(readerOf(declaration, context), context),
});
