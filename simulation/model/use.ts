/** How much of what an element has is in use: what its headroom leaves, and never a figure of its own. */
import { percentFigure } from './figures.ts';
import type { ElementId } from './ids.ts';
import type { ElementResult } from './result.ts';

export type UsedResource = 'cpu' | 'memory' | 'disk';

export interface Use {
    readonly resource: UsedResource;
    /** More than 1 where more is needed than there is. */
    readonly share: number;
}

/** Of the resources that the element has some known amount of, in the order in which they are read aloud. */
export function usesOf({ cpu, memory, disk }: ElementResult): readonly Use[] {
    const headrooms = { cpu: cpu?.headroom, memory: memory?.headroom, disk: disk?.headroom } as const;
    return usedResources.flatMap((resource) => {
        const headroom = headrooms[resource];
        return headroom === undefined ? [] : [{ resource, share: 1 - headroom }];
    });
}

/** The element that is nearest to its bound, or furthest beyond it; of several, the first, so that a host goes before what it carries. */
export function tightestUse(elements: ReadonlyMap<ElementId, ElementResult>): { readonly element: ElementId; readonly use: Use } | undefined {
    let tightest: { readonly element: ElementId; readonly use: Use } | undefined;
    for (const [element, figures] of elements) {
        for (const use of usesOf(figures)) {
            if (tightest === undefined || use.share > tightest.use.share + roundingShare) {
                tightest = { element, use };
            }
        }
    }
    return tightest;
}

/** As in `memory 81 %`. */
export function useText({ resource, share }: Use): string {
    return `${resourceWords[resource]} ${percentFigure(share)}`;
}

const usedResources = ['cpu', 'memory', 'disk'] as const satisfies readonly UsedResource[];
const resourceWords: Readonly<Record<UsedResource, string>> = { cpu: 'CPU', memory: 'memory', disk: 'disk' };

/** Two full machines are equally full, whatever rounding made of their figures. */
const roundingShare = 1e-9;
