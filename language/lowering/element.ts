/** Chooses the lowering of an element by its kind. */
import type { Element, ElementKind, ElementOf } from '#simulation/model/topology.ts';
import { lowerContainer } from './container.ts';
import type { Lowering, LoweringContext } from './context.ts';
import type { Declaration } from './declarations.ts';
import { lowerDisk } from './disk.ts';
import { lowerEngine } from './engine.ts';
import { lowerHost } from './host.ts';
import { lowerHypervisor } from './hypervisor.ts';
import { lowerNic } from './nic.ts';
import { lowerPod } from './pod.ts';
import { lowerProcess } from './process.ts';
import { lowerSlice } from './slice.ts';
import { lowerVm } from './vm.ts';

const lowerings: { readonly [Kind in ElementKind]: Lowering<ElementOf<Kind>> } = {
    host: lowerHost,
    disk: lowerDisk,
    nic: lowerNic,
    hypervisor: lowerHypervisor,
    vm: lowerVm,
    engine: lowerEngine,
    slice: lowerSlice,
    pod: lowerPod,
    container: lowerContainer,
    process: lowerProcess,
};

export const lowerElement = (declaration: Declaration, context: LoweringContext): Element => lowerings[declaration.kind](declaration, context);
