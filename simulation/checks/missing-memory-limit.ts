/** A container should have a memory limit. */
import { type Check, subjectOf } from './check.ts';
import { demandedBy, isBounded, linuxContainers } from './container-rules.ts';

/** Facts: none. */
export const missingMemoryLimit: Check = {
    code: 'missing-memory-limit',
    severity: 'warning',
    title: 'A container should have a memory limit',
    explanation:
        'Without a limit, its own or a group’s around it, one container can take the memory of all others on its machine. Asked for by a policy. Rules: CIS Docker 5.11, KICS memory_not_limited, KSV-0018, CKV_K8S_13.',
    *run({ index, control }) {
        const demand = demandedBy(index, { cisDocker: '5.11' });
        if (demand === undefined) return;
        for (const { container, number } of linuxContainers(index, control)) {
            if (isBounded(index, number, 'memoryLimit')) continue;
            yield {
                code: missingMemoryLimit.code,
                severity: 'warning',
                subject: container.id,
                message: `${subjectOf(container)} has no memory limit, against ${demand}. Say \`memory limit\`, with what it may come to use.`,
                facts: {},
                related: [],
            };
        }
    },
};
