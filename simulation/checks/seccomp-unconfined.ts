/** A container should have a seccomp filter. */
import { type Check, subjectOf } from './check.ts';
import { demandedBy, linuxContainers } from './container-rules.ts';

/** Facts: none. */
export const seccompUnconfined: Check = {
    code: 'seccomp-unconfined',
    severity: 'warning',
    title: 'A container should have a seccomp filter',
    explanation:
        'Without the filter every system call of the kernel is open to the container, so a flaw in any of them is a way out. Asked for by a policy. Rules: CIS Docker 5.22, PSS baseline, KICS seccomp_disabled, default_seccomp_profile_disabled, KSV-0030, CKV_K8S_31.',
    *run({ index, control }) {
        const demand = demandedBy(index, { cisDocker: '5.22', pss: 'baseline' });
        if (demand === undefined) return;
        for (const { container } of linuxContainers(index, control)) {
            if (container.seccomp !== 'unconfined') continue;
            yield {
                code: seccompUnconfined.code,
                severity: 'warning',
                subject: container.id,
                statement: 'seccomp',
                message: `${subjectOf(container)} has no seccomp filter, against ${demand}. Leave \`seccomp\` at \`default\`.`,
                facts: {},
                related: [],
            };
        }
    },
};
