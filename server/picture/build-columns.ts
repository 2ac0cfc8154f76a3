/** From result to columns: every host as the layers it really has. */
import { append } from '#simulation/model/append.ts';
import type { Finding } from '#simulation/model/finding.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import { type PictureResource, type PictureShare, tintCount } from '../protocol.ts';
import type { Column } from './column.ts';
import type { Ingredients, Said, TooHigh } from './ingredients.ts';
import { keptColumn } from './kept-columns.ts';
import { measure } from './measure.ts';
import type { Measures } from './measures.ts';
import { type Place, type Standing, standingOf } from './standing.ts';

/** Layers above the host that are drawn; what stands higher is counted. */
const mostLevels = 24;
const nothing: readonly never[] = [];

interface Building {
    readonly resource: PictureResource;
    readonly share: PictureShare;
    readonly measures: Measures;
    readonly kernels: ReadonlyMap<ElementId, Kernel>;
    readonly said: ReadonlyMap<ElementId, readonly Said[]>;
    /** By the number of the place. */
    readonly columns: Column[];
}

/** Hosts in the order of declaration. */
export function buildColumns(result: Result, findings: readonly Finding[], resource: PictureResource, share: PictureShare): readonly Column[] {
    const standing = standingOf(result);
    const { places } = standing;
    const columns = new Array<Column>(places.length);
    const measures = measure(standing, resource, share);
    const building: Building = { resource, share, measures, kernels: kernelsOf(result, standing), said: saidOfEach(findings), columns };
    for (const place of places.toReversed()) {
        if (place.level <= mostLevels) {
            columns[place.number] = keptColumn(ingredientsOf(place, building));
        }
    }
    return places.filter(({ element }) => element.kind === 'host').map((host) => knownOf(host, columns));
}

function ingredientsOf(place: Place, { resource, share, measures, kernels, said, columns }: Building): Ingredients {
    const { element, figures, carries, count, stopped } = place;
    const kernel = kernels.get(element.id);
    const isHighest = place.level === mostLevels;
    return {
        resource,
        share,
        element,
        figures,
        count,
        stopped,
        measure: knownOf(place, measures),
        findings: said.get(element.id) ?? nothing,
        tint: (kernel ?? (figures?.kernel && kernels.get(figures.kernel)))?.tint,
        workloads: kernel?.workloads,
        carries: isHighest || carries.length === 0 ? nothing : carries.map((carried) => knownOf(carried, columns)),
        tooHigh: isHighest ? tooHigh(place, measures) : undefined,
    };
}

function knownOf<Known>({ number, element }: Place, known: readonly Known[]): Known {
    const found = known[number];
    if (found === undefined) {
        throw new Error(`Nothing is known of ${element.id}.`);
    }
    return found;
}

interface Kernel {
    readonly tint: number;
    /** Of one replica. */
    readonly workloads: number;
}

/** Every element that has a kernel of its own, from the ground up. */
function kernelsOf(result: Result, { places, byId }: Standing): ReadonlyMap<ElementId, Kernel> {
    const members = new Map(result.kernels.map((group) => [group.kernel, group.members]));
    const kernels = new Map<ElementId, Kernel>();
    for (const { element, count } of places) {
        const used = members.get(element.id);
        if (used !== undefined || ((element.kind === 'host' || element.kind === 'vm') && element.os !== undefined)) {
            const workloads = (used ?? []).reduce((sum, member) => sum + (byId.get(member)?.count ?? 0), 0);
            kernels.set(element.id, { tint: kernels.size % tintCount, workloads: workloads / (element.kind === 'host' ? 1 : count) });
        }
    }
    return kernels;
}

/** Errors and warnings. */
function saidOfEach(findings: readonly Finding[]): ReadonlyMap<ElementId, readonly Said[]> {
    const bySubject = new Map<ElementId, Said[]>();
    for (const { subject, severity, message } of findings) {
        if (subject !== undefined && (severity === 'error' || severity === 'warning')) {
            append(bySubject, subject, { severity, message });
        }
    }
    return bySubject;
}

function tooHigh(place: Place, measures: Measures): TooHigh | undefined {
    let [elements, levels] = [0, 0];
    const pending = [...place.carries];
    for (let above = pending.pop(); above !== undefined; above = pending.pop()) {
        elements += 1;
        levels = Math.max(levels, above.level - place.level);
        for (const carried of above.carries) {
            pending.push(carried);
        }
    }
    const amount = place.carries.reduce((sum, { number }) => sum + (measures[number]?.amount ?? 0), 0);
    return elements === 0 ? undefined : { elements, levels, amount };
}
