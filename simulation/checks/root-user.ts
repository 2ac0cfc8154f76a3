/** A container should not run as root. */
import { type Check, subjectOf } from './check.ts';
import { demandedBy, linuxContainers } from './container-rules.ts';

/** Facts: none. */
export const rootUser: Check = {
    code: 'root-user',
    severity: 'warning',
    title: 'A container should not run as root',
    explanation:
        'Root in a container is the same user as root of its kernel, unless it has a user namespace: what gets out is root at once. Asked for by a policy. Rules: CIS Docker 4.1, PSS restricted, KSV-0012, CKV_K8S_23, CKV_K8S_40.',
    *run({ index, control }) {
        const demand = demandedBy(index, { cisDocker: '4.1', pss: 'restricted' });
        if (demand === undefined) return;
        for (const { container, root, hasUserNamespace } of linuxContainers(index, control)) {
            if (root !== 'none' || hasUserNamespace) continue;
            yield {
                code: rootUser.code,
                severity: 'warning',
                subject: container.id,
                statement: 'user',
                message: `${subjectOf(container)} runs as root, against ${demand}. Say \`user 1000\`, or give it a user namespace.`,
                facts: {},
                related: [],
            };
        }
    },
};
