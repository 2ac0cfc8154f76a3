/** A migration should have a network to go over. */
import type { Declaration } from '../lowering/declarations.ts';
import type { ElementIndex } from '../names/element-index.ts';
import { ancestry } from '../names/element-index.ts';
import { rangeOfSteps } from '../names/resolve-path.ts';
import type { Report } from '../problems.ts';
import type { Check } from './check.ts';
import type { Migration } from './migration-target.ts';

export const migrationNetwork: Check = {
    code: 'migration-network',
    severity: 'warning',
    title: 'A migration should have a network to go over',
    explanation:
        "A live migration copies the guest's memory at the share that it gets of the slower host's network. Neither of the two hosts has a `nic` with a `bandwidth`, so nothing bounds the copy: it takes no time, and its downtime says nothing.",
    facts: { insert: 'a statement for either host' },
};

export function checkMigrationNetwork({ step, vm, to }: Migration, index: ElementIndex, report: Report): void {
    const [from, there] = [vm, to].map(({ element }) => [...ancestry(index.byId.get(element))].at(-1));
    if (from !== undefined && there !== undefined && ![...from.children, ...there.children].some(hasBandwidth)) {
        const insert = 'nic eth0 { bandwidth 10 Gbit/s }';
        const names = from === there ? `\`${from.name}\` has no` : `Neither \`${from.name}\` nor \`${there.name}\` has a`;
        report(migrationNetwork, {
            at: rangeOfSteps(step.destination?.steps ?? []),
            message: `${names} network of a known bandwidth, so the migration takes no time. Add \`${insert}\` to both hosts.`,
            facts: { insert },
        });
    }
}

function hasBandwidth({ kind, statements }: Declaration): boolean {
    return kind === 'nic' && statements.has('bandwidth');
}
