/** A container should have a bound on its CPU. */
import { type Check, subjectOf } from './check.ts';
import { demandedBy, isBounded, linuxContainers } from './container-rules.ts';

/** Facts: none. */
export const missingCpuLimit: Check = {
    code: 'missing-cpu-limit',
    severity: 'warning',
    title: 'A container should have a bound on its CPU',
    explanation:
        'A weight other than the default, a limit or a set, its own or a group’s around it, says how much of the CPUs is its own when others want them too. Asked for by a policy. Rules: CIS Docker 5.12, KICS cpus_not_limited, KSV-0011, CKV_K8S_11.',
    *run({ index, control }) {
        const demand = demandedBy(index, { cisDocker: '5.12' });
        if (demand === undefined) return;
        for (const { container, number } of linuxContainers(index, control)) {
            if (container.cpuWeight !== 100 || isBounded(index, number, 'cpuLimit') || isBounded(index, number, 'cpuSet')) continue;
            yield {
                code: missingCpuLimit.code,
                severity: 'warning',
                subject: container.id,
                message: `${subjectOf(container)} has neither a CPU weight of its own nor a limit, against ${demand}. Say \`cpu weight\` or \`cpu limit\`.`,
                facts: {},
                related: [],
            };
        }
    },
};
