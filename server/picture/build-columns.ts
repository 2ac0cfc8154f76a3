/** From result to columns: every host as the layers it really has, with what each layer takes, costs, leaves idle and lacks. */
import { append } from '#simulation/model/append.ts';
import type { Finding } from '#simulation/model/finding.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import { type PictureResource, type PictureShare, tintCount } from '../protocol.ts';
import { bareColumn, costColumn, idleColumn, overOf } from './amount-columns.ts';
import type { Column } from './column.ts';
import { column } from './column.ts';
import { baseSlab, kernelSlab } from './element-slabs.ts';
import { measure } from './measure.ts';
import { countText } from './quantity.ts';
import type { Place } from './standing.ts';
import { standingOf } from './standing.ts';
import type { Subject } from './subject.ts';

/** Layers above the host that are drawn; what stands higher is counted. */
const mostLevels = 24;

interface Building extends Subject {
    readonly columns: Map<ElementId, Column>;
    /** What stands on each element, for what is not drawn. */
    readonly above: Map<ElementId, { readonly elements: number; readonly levels: number }>;
}

/** Hosts in the order of declaration. */
export function buildColumns(result: Result, findings: readonly Finding[], resource: PictureResource, share: PictureShare): readonly Column[] {
    const places = standingOf(result);
    const kernels = kernelsOf(result, places);
    const building: Building = {
        result,
        resource,
        share,
        places,
        measures: measure(result, places, resource, share),
        tints: new Map(kernels.map((kernel, index) => [kernel, index % tintCount])),
        findings: findingsBySubject(findings),
        members: new Map(result.kernels.map((group) => [group.kernel, group.members])),
        columns: new Map(),
        above: new Map(),
    };
    const hosts: Column[] = [];
    for (const [id, place] of [...places].reverse()) {
        building.above.set(id, countAbove(building, place));
        if (place.level <= mostLevels) {
            const built = buildColumn(building, id, place);
            building.columns.set(id, built);
            if (place.element.kind === 'host') {
                hosts.push(built);
            }
        }
    }
    return hosts.reverse();
}

/** Every element that has a kernel of its own, from the ground up. */
function kernelsOf(result: Result, places: ReadonlyMap<ElementId, Place>): readonly ElementId[] {
    const used = new Set<ElementId>(result.kernels.map((group) => group.kernel));
    return [...places.values()]
        .map((place) => place.element)
        .filter((element) => used.has(element.id) || ((element.kind === 'host' || element.kind === 'vm') && element.os !== undefined))
        .map((element) => element.id);
}

function findingsBySubject(findings: readonly Finding[]): ReadonlyMap<ElementId, readonly Finding[]> {
    const bySubject = new Map<ElementId, Finding[]>();
    for (const finding of findings) {
        if (finding.subject !== undefined && (finding.severity === 'error' || finding.severity === 'warning')) {
            append(bySubject, finding.subject, finding);
        }
    }
    return bySubject;
}

function countAbove(building: Building, place: Place): { elements: number; levels: number } {
    let [elements, levels] = [0, 0];
    for (const id of place.carries) {
        const above = building.above.get(id);
        elements += 1 + (above?.elements ?? 0);
        levels = Math.max(levels, 1 + (above?.levels ?? 0));
    }
    return { elements, levels };
}

function buildColumn(building: Building, id: ElementId, place: Place): Column {
    const measured = building.measures.get(id);
    if (measured === undefined) {
        throw new Error(`no measure of ${id}`);
    }
    const slabs = [baseSlab(building, place, measured), ...kernelSlab(building, place)];
    const carried = place.level < mostLevels ? place.carries.flatMap((child) => building.columns.get(child) ?? []) : levelsAbove(building, id, place);
    return column({
        slabs,
        amount: measured.amount,
        over: overOf(building, place, measured),
        carries: [...costColumn(building, place, measured), ...carried, ...idleColumn(building, place, measured)],
    });
}

function levelsAbove(building: Building, id: ElementId, place: Place): readonly Column[] {
    const above = building.above.get(id);
    const amount = place.carries.reduce((sum, child) => sum + (building.measures.get(child)?.amount ?? 0), 0);
    return above === undefined || above.elements === 0
        ? []
        : [
              bareColumn(
                  {
                      key: `levels:${id}`,
                      role: 'more',
                      element: id,
                      words: {
                          labels: [`+${countText(above.levels)} levels`, `+${countText(above.levels)}`],
                          details: [`${countText(above.elements)} elements`],
                          description: () => `${countText(above.elements)} elements on ${countText(above.levels)} more levels stand here`,
                      },
                  },
                  amount,
              ),
          ];
}
