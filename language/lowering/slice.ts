/** Lowers slices. */
import type { Slice } from '#simulation/model/topology.ts';
import { type Lowering, lowerCommon, readerOf } from './context.ts';
import { lowerControls } from './group-controls.ts';

export const lowerSlice: Lowering<Slice> = (declaration, context) => ({
    kind: 'slice',
    ...lowerCommon(declaration),
    ...lowerControls(readerOf(declaration, context), context),
});
