/** Single capabilities that are as good as root. */
import { nameOf } from '../../element-names.ts';
import { rootCapabilities } from '../capabilities.ts';
import { directPowersOf, hasCapability } from '../container-powers.ts';
import type { EdgeRule } from '../edge.ts';

export const dangerousCapability: EdgeRule = {
    code: 'dangerous-capability',
    title: 'Some capabilities control the kernel',
    explanation:
        'SYS_ADMIN, SYS_MODULE, DAC_READ_SEARCH, SYS_RAWIO, and BPF together with PERFMON lead to root of the kernel by design. They count for root in the container; in a user namespace they count only for what it owns. ' +
        'Others give less and make no edge: NET_ADMIN configures its own network namespace, SYS_PTRACE traces what its PID namespace shows.',
    layers: ['configuration'],
    rules: {
        cisDocker: ['5.4'],
        pss: 'baseline',
        kics: ['container_capabilities_unrestricted'],
        trivy: ['KSV-0005', 'KSV-0022'],
        checkov: ['CKV_K8S_25', 'CKV_K8S_39'],
    },
    source: 'capabilities(7); moby/profiles seccomp default.json; open_by_handle_at(2)',
    *edges(index, number) {
        const powers = directPowersOf(index, number);
        if (powers === undefined || powers.container.privileged) return;
        for (const { capability, together, because } of rootCapabilities) {
            if (!hasCapability(powers.container, capability) || (together !== undefined && !hasCapability(powers.container, together))) continue;
            const name = together === undefined ? capability : `${capability} and ${together}`;
            yield {
                rule: dangerousCapability,
                from: number,
                to: { kind: 'root', kernel: powers.kernel },
                needs: powers.root,
                via: `capability ${name}`,
                because: `${powers.container.name} has ${name} on ${nameOf(index, powers.kernel)}: ${because}`,
            };
        }
    },
};
