/** A privileged container's root is the kernel's root. */
import { nameOf } from '../../element-names.ts';
import type { EdgeRule } from '../edge.ts';

export const privileged: EdgeRule = {
    code: 'privileged',
    title: 'A privileged container controls its kernel',
    explanation:
        'All capabilities, all devices, no seccomp, no AppArmor, a writable /sys: its root mounts the disks or loads a module, and is root of the kernel. Nothing has to be broken. ' +
        'In a user namespace, behind gVisor and in Kata it is root of less: no edge.',
    layers: ['configuration'],
    rules: { cisDocker: ['5.5'], pss: 'baseline', kics: ['privileged_containers_enabled'], trivy: ['KSV-0017'], checkov: ['CKV_K8S_16'] },
    source: 'Docker, docker run reference, "Runtime privilege"; Kubernetes pod-security-admission, check_privileged.go',
    edges({ index, number, direct }) {
        if (direct === undefined || !direct.container.privileged) return [];
        const { container, kernel, root } = direct;
        const because = () => `${container.name} is privileged: its root is root of ${nameOf(index, kernel)}`;
        return [{ rule: privileged, from: number, to: { kind: 'root', kernel }, needs: root, via: () => 'privileged', because }];
    },
};
