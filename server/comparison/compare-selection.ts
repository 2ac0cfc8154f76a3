/** Compares the ways to run a selection of an understood set of texts. */
import { loadCatalog } from '#language/catalog.ts';
import { lowerAllDefinitions } from '#language/lowering/lower.ts';
import type { StrataServices } from '#language/services.ts';
import { compare } from '#simulation/comparison/compare.ts';
import type { Comparison } from '#simulation/comparison/comparison.ts';
import type { InstanceSet } from '#simulation/model/ids.ts';
import type { Understanding } from '../understanding.ts';
import { type FigureSource, figureSources } from './figure-sources.ts';

export interface ComparedSelection {
    readonly comparison: Comparison;
    readonly sources: readonly FigureSource[];
}

export function compareSelection({ lowered, sources }: Understanding, services: StrataServices, selection: readonly InstanceSet[]): ComparedSelection {
    const documents = sources.map(({ document }) => document);
    const catalog = loadCatalog(services);
    const comparison = compare(lowered.topology, selection, lowerAllDefinitions({ documents, catalog }));
    return { comparison, sources: figureSources(comparison.uses, [...documents, ...catalog]) };
}
