/** A container should not be privileged. */
import { ruleNames } from '../isolation/reach/edge.ts';
import { privileged } from '../isolation/reach/rules/privileged.ts';
import { type Check, subjectOf } from './check.ts';
import { controlClause, demandedBy, kernelNameOf, linuxContainers, openEdges } from './container-rules.ts';

/** Facts: `kernel`, the name of what falls with it. */
export const privilegedContainer: Check = {
    code: 'privileged-container',
    severity: 'warning',
    title: 'A container should not be `privileged`',
    explanation: `Its root is root of the kernel, with nothing to break, and all that runs there falls with it. Most need one capability or one device instead. In a user namespace, behind gVisor and in Kata it is root of less, and the rule speaks only under a policy. Rules: ${ruleNames(privileged.rules).join(', ')}.`,
    *run({ index, control }) {
        const demand = demandedBy(index, { cisDocker: '5.5', pss: 'baseline' });
        for (const powers of linuxContainers(index, control)) {
            const [edge] = openEdges(control, powers.number, privileged);
            if (!powers.container.privileged || (edge === undefined && demand === undefined)) continue;
            const kernel = kernelNameOf(index, powers);
            yield {
                code: privilegedContainer.code,
                severity: 'warning',
                subject: powers.container.id,
                statement: 'privileged',
                message: edge
                    ? `${controlClause(subjectOf(powers.container), edge)}: it is privileged, so its root is root of ${kernel}. Give it the one capability or device that it needs instead.`
                    : `${subjectOf(powers.container)} is privileged, against ${demand}. Give it the one capability or device that it needs instead.`,
                facts: { kernel },
                related: [],
            };
        }
    },
};
