/** What an exporter is: it writes the part of a topology that fits another format, and tells what that format does not say. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { Element, Topology } from '#simulation/model/topology.ts';
import type { ReportEntry } from '../import/import-log.ts';
import type { Origins } from '../origins.ts';

export interface Exporter {
    /** As on the command line. */
    readonly name: string;
    /** What a person calls the format. */
    readonly title: string;
    readonly write: (input: ExportInput) => Exported;
}

export interface ExportInput {
    readonly topology: Topology;
    readonly origins: Origins;
    /** Only this element and what stands in it; absent: all. */
    readonly selected?: ElementId;
    /** A file as messages name it. */
    readonly fileOf: (uri: string) => string;
}

export type Exported =
    | { readonly kind: 'exported'; readonly text: string; readonly report: readonly ReportEntry[] }
    /** Nothing of it fits the format. */
    | { readonly kind: 'unfit'; readonly because: string };

/** The elements that shall be written, parents before their children. */
export function selectedElements({ topology, selected }: ExportInput): readonly Element[] {
    const all = [...topology.elements.values()].filter(({ implicit }) => !implicit);
    return selected === undefined ? all : all.filter(({ id }) => id === selected || id.startsWith(`${selected}.`));
}
