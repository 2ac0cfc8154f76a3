/** A container should have a read-only root file system. */
import { type Check, subjectOf } from './check.ts';
import { demandedBy, linuxContainers } from './container-rules.ts';

/** Facts: none. */
export const writableRoot: Check = {
    code: 'writable-root',
    severity: 'warning',
    title: 'A container should have a read-only root file system',
    explanation:
        'What an attacker writes into a container stays there as long as it lives. Volumes stay writable. Asked for by a policy. Rules: CIS Docker 5.13, KSV-0014, CKV_K8S_22.',
    *run({ index, control }) {
        const demand = demandedBy(index, { cisDocker: '5.13' });
        if (demand === undefined) return;
        for (const { container } of linuxContainers(index, control)) {
            if (container.readOnly) continue;
            yield {
                code: writableRoot.code,
                severity: 'warning',
                subject: container.id,
                message: `${subjectOf(container)} has a writable root file system, against ${demand}. Say \`read-only on\`, and mount what has to be writable.`,
                facts: {},
                related: [],
            };
        }
    },
};
