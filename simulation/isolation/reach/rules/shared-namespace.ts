/** Workloads in one PID or mount namespace have only permissions between them. */
import { at, none } from '../../../model/columns.ts';
import { nameOf } from '../../element-names.ts';
import { isSandboxed, namespaceOwner } from '../../namespaces.ts';
import { hasCapability } from '../container-powers.ts';
import type { EdgeRule, Needs } from '../edge.ts';

export const sharedNamespace: EdgeRule = {
    code: 'shared-namespace',
    title: 'Who shares a PID or mount namespace is a neighbour of processes, not of containers',
    explanation:
        "In a shared PID namespace each sees and signals the other's processes, in a shared mount namespace the other's files; what is left between them is a `process` wall. " +
        "With SYS_PTRACE, or with `privileged`, the first needs nothing broken; as root the second needs nothing broken. Processes outside containers share the kernel's initial namespaces. " +
        'Sharing only the network or IPC namespace makes no edge; the boundary names it.',
    layers: ['configuration', 'kernel'],
    rules: { cisDocker: ['5.16'], pss: 'baseline', kics: ['host_namespace_is_shared'], trivy: ['KSV-0010'], checkov: ['CKV_K8S_17'] },
    source: 'pid_namespaces(7), mount_namespaces(7), ptrace(2); Kubernetes, "Share Process Namespace between Containers in a Pod"',
    edges({ index, number, direct, joined }) {
        const kind = index.elements[number]?.kind;
        const isWorkload = kind === 'container' || (kind === 'process' && at(index.container, number) === none);
        if (!isWorkload || at(index.kernel, number) === number || isSandboxed(index, number)) return [];
        const needs: Readonly<Record<'pid' | 'mount', Needs>> = {
            pid: direct !== undefined && hasCapability(direct.container, 'SYS_PTRACE') ? direct.root : 'process',
            mount: direct?.root ?? 'process',
        };
        return (['pid', 'mount'] as const).flatMap((of) => {
            const owner = namespaceOwner(index, number, of);
            // A namespace that nobody else is in leads nowhere.
            if (owner === number && !joined.has(number)) return [];
            const space = `${of === 'pid' ? 'PID' : of} namespace`;
            const via = () => `shared ${space} of ${nameOf(index, owner)}`;
            const because = () => `${nameOf(index, number)} is in the ${space} of ${nameOf(index, owner)}`;
            return [{ rule: sharedNamespace, from: number, to: { kind: 'namespace', of, owner } as const, needs: needs[of], via, because }];
        });
    },
};
