/** Where something that a view shows stands in the text, or in the catalog. */
import { type TargetKind, targetKey } from '#language/occurrences.ts';
import type { SourceRange } from '#language/origins.ts';
import type { StrataServices } from '#language/services.ts';
import { elementId } from '#simulation/model/ids.ts';
import type { Element } from '#simulation/model/topology.ts';
import type { Analysis } from '../analysis.ts';
import { compareSelection } from '../comparison/compare-selection.ts';
import { declaredPath } from '../json/instances.ts';
import type { Target } from '../protocol.ts';
import type { Understanding } from '../understanding.ts';
import { placedChecks } from './checks-view.ts';

export interface LocateSubject {
    readonly understanding: Understanding;
    /** Of the same texts, where there is one. */
    readonly analysis: Analysis | undefined;
    readonly services: StrataServices;
}

/** Nothing for what the product added itself, and for what is no longer there. */
export function locateTarget(target: Target, { understanding, analysis, services }: LocateSubject): SourceRange | undefined {
    switch (target.kind) {
        case 'element':
            return understanding.lowered.origins.elements.get(elementId(declaredPath(target.element)))?.name;
        case 'definition':
            return definitionOf(target.element, understanding);
        case 'check':
            return analysis === undefined ? undefined : placedChecks(analysis).find(({ row }) => row.id === target.id)?.at;
        case 'source': {
            const everything = [...understanding.lowered.topology.elements.values()].flatMap(({ kind, id }) =>
                kind === 'host' ? [{ element: id, ranges: [] }] : [],
            );
            return compareSelection(understanding, services, everything).sources.find(({ figure }) => figure === target.id)?.at;
        }
        default:
            return target satisfies never;
    }
}

function definitionOf(path: string, { lowered }: Understanding): SourceRange | undefined {
    const element = lowered.topology.elements.get(elementId(declaredPath(path)));
    const named = element === undefined ? undefined : definitionName(element);
    const found = named === undefined ? [] : (lowered.occurrences.byTarget.get(targetKey(named)) ?? []);
    return found.find(({ role }) => role === 'definition')?.at;
}

/** The definition whose figures are the element's own. */
function definitionName(element: Element): { readonly kind: TargetKind; readonly name: string } | undefined {
    switch (element.kind) {
        case 'host':
        case 'vm':
            return element.os === undefined ? undefined : { kind: 'os', name: element.os.name };
        case 'hypervisor':
            return { kind: 'hypervisor-type', name: element.type };
        case 'engine':
            return { kind: 'engine-type', name: element.type };
        case 'container':
            return element.image?.definition === undefined ? undefined : { kind: 'image', name: element.image.definition };
        default:
            return undefined;
    }
}
