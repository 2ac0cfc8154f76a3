/** What every step of building a picture needs to know. */
import type { Finding } from '#simulation/model/finding.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import type { PictureResource, PictureShare } from '../protocol.ts';
import type { Measures } from './measures.ts';
import type { Place } from './standing.ts';

export interface Subject {
    readonly result: Result;
    readonly resource: PictureResource;
    readonly share: PictureShare;
    readonly places: ReadonlyMap<ElementId, Place>;
    readonly measures: Measures;
    readonly tints: ReadonlyMap<ElementId, number>;
    /** Errors and warnings about each element. */
    readonly findings: ReadonlyMap<ElementId, readonly Finding[]>;
    /** Workloads on each kernel. */
    readonly members: ReadonlyMap<ElementId, readonly ElementId[]>;
}
