/** Who sees a kernel's processes and may trace them is in all of them. */
import { nameOf } from '../../element-names.ts';
import { namespaceOwner } from '../../namespaces.ts';
import { hasCapability } from '../container-powers.ts';
import type { EdgeRule } from '../edge.ts';

export const hostProcesses: EdgeRule = {
    code: 'host-processes',
    title: "The host's PID namespace together with SYS_PTRACE controls the kernel",
    explanation:
        "With `namespace pid host` a container sees and signals every process of the kernel; with SYS_PTRACE as well it writes into the memory of the host's root processes, and opens their files in /proc/PID/root. " +
        'Either alone is no edge: without SYS_PTRACE the kernel refuses to trace processes with more capabilities, without the namespace there is nothing to trace.',
    layers: ['configuration'],
    rules: {
        cisDocker: ['5.16', '5.4'],
        pss: 'baseline',
        kics: ['host_namespace_is_shared'],
        trivy: ['KSV-0010', 'KSV-0005'],
        checkov: ['CKV_K8S_17', 'CKV_K8S_25'],
    },
    source: 'ptrace(2), "Ptrace access mode checking"; capabilities(7); pid_namespaces(7)',
    edges({ index, number, direct }) {
        if (direct === undefined || !hasCapability(direct.container, 'SYS_PTRACE') || namespaceOwner(index, number, 'pid') !== direct.kernel) return [];
        const { container, kernel, root } = direct;
        const via = () => 'namespace pid host with SYS_PTRACE';
        const because = () => `${container.name} sees all processes of ${nameOf(index, kernel)} and may trace them`;
        return [{ rule: hostProcesses, from: number, to: { kind: 'root', kernel }, needs: root, via, because }];
    },
};
