/** A container should not be able to raise its privileges. */
import { type Check, subjectOf } from './check.ts';
import { demandedBy, linuxContainers } from './container-rules.ts';

/** Facts: none. */
export const noNewPrivilegesMissing: Check = {
    code: 'no-new-privileges-missing',
    severity: 'warning',
    title: 'A container should not be able to raise its privileges',
    explanation:
        'Without `no-new-privileges` a set-user-ID program in the image makes a plain user root. Asked for by a policy. Rules: CIS Docker 5.26, PSS restricted, KICS no_new_privileges_not_set, KSV-0001, CKV_K8S_20.',
    *run({ index, control }) {
        const demand = demandedBy(index, { cisDocker: '5.26', pss: 'restricted' });
        if (demand === undefined) return;
        for (const { container } of linuxContainers(index, control)) {
            if (container.noNewPrivileges) continue;
            yield {
                code: noNewPrivilegesMissing.code,
                severity: 'warning',
                subject: container.id,
                message: `${subjectOf(container)} may raise its privileges, against ${demand}. Say \`no-new-privileges on\`.`,
                facts: {},
                related: [],
            };
        }
    },
};
