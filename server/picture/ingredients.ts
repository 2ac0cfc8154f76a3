/** What the column of one element is made of: equal ingredients, equal columns. */
import type { Finding } from '#simulation/model/finding.ts';
import type { ElementResult } from '#simulation/model/result.ts';
import type { Element } from '#simulation/model/topology.ts';
import { isSameData } from '../map-change.ts';
import type { PictureResource, PictureShare } from '../protocol.ts';
import type { Column } from './column.ts';
import type { Measure } from './measures.ts';

/** Invariant: plain data but for `carries`, and all that a column says comes from it. */
export interface Ingredients {
    readonly resource: PictureResource;
    readonly share: PictureShare;
    readonly element: Element;
    readonly figures: ElementResult | undefined;
    readonly count: number;
    readonly stopped: boolean;
    readonly measure: Measure;
    /** Errors and warnings about it. */
    readonly findings: readonly Said[];
    /** Of the kernel that it brings along, or else runs on. */
    readonly tint: number | undefined;
    /** On the kernel that it brings along, of one replica; absent where it brings none. */
    readonly workloads: number | undefined;
    readonly carries: readonly Column[];
    /** What stands on it and is not drawn. */
    readonly tooHigh: TooHigh | undefined;
}

export type Said = Pick<Finding, 'severity' | 'message'>;

export interface TooHigh {
    readonly elements: number;
    readonly levels: number;
    readonly amount: number;
}

/** Columns are the same only where they are the very same, so that nothing is compared twice on the way down to the host. */
export function isSameIngredients(one: Ingredients, other: Ingredients): boolean {
    return (
        one.resource === other.resource &&
        one.share === other.share &&
        one.count === other.count &&
        one.stopped === other.stopped &&
        one.tint === other.tint &&
        one.workloads === other.workloads &&
        isSameMeasure(one.measure, other.measure) &&
        isSameData(one.element, other.element) &&
        // Labels are said in the order in which they are written.
        Object.keys(one.element.labels).join() === Object.keys(other.element.labels).join() &&
        isSameData(one.figures, other.figures) &&
        isSameData(one.findings, other.findings) &&
        isSameData(one.tooHigh, other.tooHigh) &&
        one.carries.length === other.carries.length &&
        one.carries.every((column, place) => column === other.carries[place])
    );
}

/** Written out, because every element is measured anew for every picture. */
function isSameMeasure(one: Measure, other: Measure): boolean {
    return (
        one.amount === other.amount &&
        one.cost === other.cost &&
        one.idle === other.idle &&
        one.over === other.over &&
        one.unknown === other.unknown &&
        isSameData(one.lostBy, other.lostBy)
    );
}
