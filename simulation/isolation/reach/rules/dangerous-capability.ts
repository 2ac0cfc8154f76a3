/** Single capabilities that are as good as root. */
import { nameOf } from '../../element-names.ts';
import { rootCapabilities } from '../capabilities.ts';
import { hasCapability } from '../container-powers.ts';
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
    edges({ index, number, direct }) {
        // None of them is among those that an engine gives unasked.
        if (direct === undefined || direct.container.privileged || direct.container.capabilitiesAdded.length === 0) return [];
        const { container, kernel, root } = direct;
        return rootCapabilities
            .filter(({ capability, together = capability }) => hasCapability(container, capability) && hasCapability(container, together))
            .map(({ capability, together, because }) => {
                const name = together === undefined ? capability : `${capability} and ${together}`;
                return {
                    rule: dangerousCapability,
                    from: number,
                    to: { kind: 'root', kernel },
                    needs: root,
                    via: () => `capability ${name}`,
                    because: () => `${container.name} has ${name} on ${nameOf(index, kernel)}: ${because}`,
                };
            });
    },
};
