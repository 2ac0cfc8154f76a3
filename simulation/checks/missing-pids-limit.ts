/** A container should have a limit on its processes. */
import { type Check, subjectOf } from './check.ts';
import { demandedBy, isBounded, linuxContainers } from './container-rules.ts';

/** Facts: none. */
export const missingPidsLimit: Check = {
    code: 'missing-pids-limit',
    severity: 'warning',
    title: 'A container should have a limit on its processes',
    explanation: 'A fork bomb in one container takes all PIDs of its kernel. Asked for by a policy. Rules: CIS Docker 5.29, KICS pids_limit_not_set.',
    *run({ index, control }) {
        const demand = demandedBy(index, { cisDocker: '5.29' });
        if (demand === undefined) return;
        for (const { container, number } of linuxContainers(index, control)) {
            if (isBounded(index, number, 'pidsLimit')) continue;
            yield {
                code: missingPidsLimit.code,
                severity: 'warning',
                subject: container.id,
                message: `${subjectOf(container)} may start any number of processes, against ${demand}. Say \`pids limit 100\`.`,
                facts: {},
                related: [],
            };
        }
    },
};
