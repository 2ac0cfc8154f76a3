/** A VM must migrate to one hypervisor of another host. */
import type { InstanceSet } from '#simulation/model/ids.ts';
import type { Step } from '../generated/ast.ts';
import type { Declaration } from '../lowering/declarations.ts';
import { listOr } from '../names/did-you-mean.ts';
import { ancestry, type ElementIndex } from '../names/element-index.ts';
import { rangeOfSteps, shortestPath } from '../names/resolve-path.ts';
import type { Report } from '../problems.ts';
import type { Check } from './check.ts';

export const migrationTarget: Check = {
    code: 'migration-target',
    severity: 'error',
    title: 'A VM must migrate to one hypervisor of another host',
    explanation: 'A live migration ends in one hypervisor, on another host than it began. A host may be named in its place if it has just one.',
    facts: { candidates: 'hypervisors that fit, best first' },
};

export interface Migration {
    readonly step: Step;
    readonly vm: InstanceSet;
    /** A host or a hypervisor. */
    readonly to: InstanceSet;
}

/** Whether it can be done. */
export function checkMigration(migration: Migration, index: ElementIndex, report: Report): boolean {
    const message = whatIsWrong(migration, index);
    const steps = migration.step.destination?.steps ?? [];
    if (message !== undefined && steps.length > 0) {
        const candidates = otherHypervisors(migration, index);
        const remedy =
            candidates.length > 0 ? `Name one hypervisor of another host, as ${listOr(candidates)}.` : 'Declare a hypervisor on another host, and name that.';
        report(migrationTarget, { at: rangeOfSteps(steps), message: `${message} ${remedy}`, facts: { candidates } });
    }
    return message === undefined;
}

function whatIsWrong({ vm, to }: Migration, index: ElementIndex): string | undefined {
    const [moved, target] = [index.byId.get(vm.element), index.byId.get(to.element)];
    if (moved === undefined || target === undefined) {
        return undefined;
    }
    const hypervisors = target.kind === 'host' ? target.children.filter((child) => child.kind === 'hypervisor') : [target];
    if (hypervisors.length !== 1) {
        return hypervisors.length === 0
            ? `\`${target.name}\` has no hypervisor that could take the VM.`
            : `\`${target.name}\` has ${hypervisors.length} hypervisors.`;
    }
    if (to.ranges.some(({ first, last }) => first !== last)) {
        return `\`${target.name}\` has replicas, and a VM moves to one place.`;
    }
    const host = hostOf(target);
    if (hostOf(moved) !== host) {
        return undefined;
    }
    const [from, there] = [vm.ranges[0], to.ranges[0]];
    const isSame = host?.replicas === undefined || (from?.first === there?.first && from?.last === there?.last);
    return isSame ? `\`${moved.name}\` runs on \`${host?.name ?? ''}\` already.` : undefined;
}

/** The first few hypervisors of other hosts. */
function otherHypervisors({ vm }: Migration, index: ElementIndex): readonly string[] {
    const home = hostOf(index.byId.get(vm.element));
    const candidates: string[] = [];
    for (const declaration of index.byId.values()) {
        if (declaration.kind === 'hypervisor' && hostOf(declaration) !== home) {
            candidates.push(shortestPath(declaration, index));
            if (candidates.length === 3) {
                break;
            }
        }
    }
    return candidates;
}

/** Elements stand in hosts, however deep. */
function hostOf(declaration: Declaration | undefined): Declaration | undefined {
    return [...ancestry(declaration)].at(-1);
}
