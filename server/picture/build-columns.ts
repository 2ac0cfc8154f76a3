/** From result to columns: every host as the layers it really has, with what each layer takes, costs, leaves idle and lacks. */

import type { Finding } from '#simulation/model/finding.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import type { BoxMark, PictureResource } from '../protocol.ts';
import { tintCount } from '../protocol.ts';
import type { Column, Over, Slab } from './column.ts';
import { column } from './column.ts';
import type { Measure, Measures } from './measure.ts';
import { measure } from './measure.ts';
import { amountText, countText } from './quantity.ts';
import type { Place } from './standing.ts';
import { standingOf } from './standing.ts';
import { amountWords, descriptionOf, figuresOf, kindWord, labelOf, plainName } from './words.ts';

/** Layers above the host that are drawn; what stands higher is counted. */
export const mostLevels = 24;
/** How much of what a host lacks is drawn, as a share of the host. */
const mostOver = 0.6;
/** Findings that a description repeats. */
const mostFindings = 4;

interface Building {
    readonly result: Result;
    readonly resource: PictureResource;
    readonly places: ReadonlyMap<ElementId, Place>;
    readonly measures: Measures;
    readonly tints: ReadonlyMap<ElementId, number>;
    readonly findings: ReadonlyMap<ElementId, readonly Finding[]>;
    /** Workloads on each kernel. */
    readonly members: ReadonlyMap<ElementId, readonly ElementId[]>;
    readonly columns: Map<ElementId, Column>;
    /** Elements above each element, for what is not drawn. */
    readonly above: Map<ElementId, { readonly elements: number; readonly levels: number }>;
}

/** Hosts in the order of declaration. */
export function buildColumns(result: Result, findings: readonly Finding[], resource: PictureResource): readonly Column[] {
    const places = standingOf(result);
    const kernels = kernelsOf(result, places);
    const building: Building = {
        result,
        resource,
        places,
        measures: measure(result, places, resource),
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
            const list = bySubject.get(finding.subject);
            if (list === undefined) {
                bySubject.set(finding.subject, [finding]);
            } else {
                list.push(finding);
            }
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

function baseSlab(building: Building, place: Place, measured: Measure): Slab {
    const { element } = place;
    const figures = building.result.elements.get(element.id);
    const findings = building.findings.get(element.id) ?? [];
    const worst = findings.some((finding) => finding.severity === 'error') ? 'error' : findings.length > 0 ? 'warning' : undefined;
    const tint = element.kind === 'host' || element.kind === 'vm' || element.kind === 'hypervisor' ? undefined : tintOf(building, place);
    const count = element.kind === 'host' ? (element.replicas ?? 1) : place.count;
    const marks: readonly BoxMark[] = [
        ...(element.implicit ? ['implicit' as const] : []),
        ...(measured.unknown && !place.stopped ? ['unknown' as const] : []),
        ...(place.stopped ? ['stopped' as const] : []),
    ];
    return {
        key: `${element.kind === 'host' ? 'hardware' : element.kind}:${element.id}`,
        role: roleOf(place),
        element: element.id,
        words: {
            labels: [labelOf(element, count)],
            details: figuresOf(building.resource, place, figures, measured.unknown),
            description: () => [descriptionOf(place, figures, measured.unknown), ...findingSentences(findings)].join('; '),
        },
        ...(tint === undefined ? {} : { tint }),
        count,
        marks,
        ...(worst === undefined ? {} : { severity: worst }),
    };
}

function roleOf(place: Place): Slab['role'] {
    const { kind } = place.element;
    switch (kind) {
        case 'host':
            return 'hardware';
        case 'disk':
        case 'nic':
            throw new Error(`${kind} is not part of the picture`);
        default:
            return kind;
    }
}

function findingSentences(findings: readonly Finding[]): readonly string[] {
    const sentences = findings.slice(0, mostFindings).map((finding) => `${finding.severity}: ${plainName(finding.message)}`);
    return findings.length > mostFindings ? [...sentences, `and ${countText(findings.length - mostFindings)} more findings`] : sentences;
}

/** The kernel slab of a machine, and of a container that brings a kernel of its own. */
function kernelSlab(building: Building, place: Place): readonly Slab[] {
    const { element } = place;
    const tint = building.tints.get(element.id);
    if (tint === undefined) {
        return [];
    }
    const system =
        (element.kind === 'host' || element.kind === 'vm') && element.os !== undefined
            ? [element.os.name, element.os.version].filter((part) => part !== undefined).join(' ')
            : 'kernel';
    const members = building.members.get(element.id) ?? [];
    const workloads = members.reduce((sum, member) => sum + (building.places.get(member)?.count ?? 0), 0) / (element.kind === 'host' ? 1 : place.count);
    const sharers = `${countText(workloads)} ${workloads === 1 ? 'workload' : 'workloads'}`;
    const owner = element.kind === 'host' ? 'kernel' : 'own kernel';
    return [
        {
            key: `kernel:${element.id}`,
            role: 'kernel',
            element: element.id,
            words: {
                labels: [plainName(system)],
                details: [...(workloads > 1 ? [`${owner} · shared by ${sharers}`] : []), owner, 'kernel'],
                description: () =>
                    `kernel of ${kindWord(element)} ${plainName(element.id)}: ${plainName(system)}${place.count > 1 ? `, ${countText(place.count)} kernels, one for each replica` : ''}; ${sharers} on it`,
            },
            tint,
            count: place.count,
            marks: [],
        },
    ];
}

function tintOf(building: Building, place: Place): number | undefined {
    const own = building.tints.get(place.element.id);
    const kernel = building.result.elements.get(place.element.id)?.kernel;
    return own ?? (kernel === undefined ? undefined : building.tints.get(kernel));
}

function costColumn(building: Building, place: Place, measured: Measure): readonly Column[] {
    if (measured.cost <= 0) {
        return [];
    }
    const { element } = place;
    const what = costWord(element.kind);
    return [
        bare(
            {
                key: `overhead:${element.id}`,
                role: 'overhead',
                element: element.id,
                words: amountWords(building.resource, measured.cost, [what], `${what} of ${kindWord(element)} ${plainName(element.id)}`),
            },
            measured.cost,
        ),
    ];
}

function costWord(kind: Place['element']['kind']): string {
    switch (kind) {
        case 'host':
        case 'vm':
            return 'system';
        case 'hypervisor':
            return 'virtualisation';
        case 'engine':
            return 'engine';
        default:
            return 'runtime';
    }
}

function idleColumn(building: Building, place: Place, measured: Measure): readonly Column[] {
    return measured.idle <= 0
        ? []
        : [
              bare(
                  {
                      key: `idle:${place.element.id}`,
                      role: 'idle',
                      element: place.element.id,
                      words: amountWords(
                          building.resource,
                          measured.idle,
                          ['free'],
                          `free in ${kindWord(place.element)} ${plainName(place.element.id)}${building.resource === 'memory' ? ', neither used nor set aside' : ''}`,
                      ),
                  },
                  measured.idle,
              ),
          ];
}

/** What was wanted and not granted, above the part of the host that is not there. */
function lostColumns(building: Building, measured: Measure): readonly Column[] {
    return measured.lostBy.map((loser) => {
        const name = plainName(building.places.get(loser.element)?.element.name ?? loser.element);
        return bare(
            {
                key: `lost:${loser.element}`,
                role: 'over',
                element: loser.element,
                words: {
                    labels: [name],
                    details: [`lacks ${amountText(building.resource, loser.amount)}`, `−${amountText(building.resource, loser.amount)}`],
                    description: () => `wanted by ${plainName(loser.element)} and not granted: ${amountText(building.resource, loser.amount)}`,
                },
            },
            loser.amount,
        );
    });
}

function overOf(building: Building, place: Place, measured: Measure): Over | undefined {
    if (measured.over <= 0) {
        return undefined;
    }
    const most = place.element.kind === 'host' && measured.amount > 0 ? mostOver * measured.amount : Number.POSITIVE_INFINITY;
    return {
        slab: overSlab(building, place, measured.over),
        amount: measured.over,
        drawn: Math.min(measured.over, most),
        carries: lostColumns(building, measured),
    };
}

function overSlab(building: Building, place: Place, amount: number): Slab {
    const text = amountText(building.resource, amount);
    const machine = place.element.kind === 'host' || place.element.kind === 'vm';
    const bound = machine ? 'its size' : 'its limit';
    return {
        key: `over:${place.element.id}`,
        role: 'over',
        element: place.element.id,
        count: 1,
        marks: [],
        words: {
            labels: [`+${text}`],
            details: [`beyond ${bound}`, 'too much'],
            description: () => `${kindWord(place.element)} ${plainName(place.element.id)}: ${text} more is wanted or promised than ${bound}`,
        },
    };
}

function levelsAbove(building: Building, id: ElementId, place: Place): readonly Column[] {
    const above = building.above.get(id);
    const amount = place.carries.reduce((sum, child) => sum + (building.measures.get(child)?.amount ?? 0), 0);
    return above === undefined || above.elements === 0
        ? []
        : [
              bare(
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

/** A slab on which nothing stands. */
function bare(parts: Omit<Slab, 'count' | 'marks'>, amount: number): Column {
    return column({ slabs: [{ ...parts, count: 1, marks: [] }], amount, carries: [] });
}
