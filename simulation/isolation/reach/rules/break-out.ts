/** Out of a container by a flaw of its runtime or its kernel. */
import { nameOf } from '../../element-names.ts';
import type { ContainerPowers } from '../container-powers.ts';
import type { EdgeRule } from '../edge.ts';

export const breakOut: EdgeRule = {
    code: 'break-out',
    title: 'Who breaks out of a container controls the kernel it shares',
    explanation:
        'Namespaces are the wall of a container (`namespace`), gVisor is one more (`sandbox`). What breaks the first are flaws of the runtime, as CVE-2019-5736 (runc, overwritten through /proc/self/exe) and CVE-2024-21626 (runc, a leaked file descriptor), ' +
        'and of the kernel, as CVE-2022-0847 (Dirty Pipe). Root without a user namespace, `seccomp unconfined` and a user who may become root make the same flaw worse or easier, but are no way out by themselves. ' +
        'Windows process isolation counts as `namespace` too; Microsoft does not call it a security boundary against hostile code.',
    layers: ['runtime', 'kernel'],
    rules: {
        cisDocker: ['4.1', '5.22', '5.26', '5.31', '5.2'],
        pss: 'restricted',
        kics: ['seccomp_disabled', 'default_seccomp_profile_disabled', 'no_new_privileges_not_set', 'shared_host_user_namespace', 'security_opt_not_set'],
        trivy: ['KSV-0012', 'KSV-0030', 'KSV-0001'],
        checkov: ['CKV_K8S_23', 'CKV_K8S_31', 'CKV_K8S_20'],
    },
    source: 'CVE-2019-5736, CVE-2024-21626, CVE-2022-0847; NIST SP 800-190 §3.5.2; Microsoft, "Isolation modes" of Windows containers',
    edges({ index, number, powers }) {
        if (powers === undefined || powers.behind === 'kernel') return [];
        const isSandbox = powers.behind === 'sandbox';
        const { container, kernel } = powers;
        const between = isSandbox ? 'a sandbox' : 'only namespaces';
        return [
            {
                rule: breakOut,
                from: number,
                to: { kind: 'root', kernel },
                needs: isSandbox ? 'sandbox' : 'namespace',
                via: () => `break out of ${isSandbox ? 'sandbox' : 'container'} ${container.name}`,
                because: () => `${between} between ${container.name} and ${nameOf(index, kernel)}'s kernel${aggravation(powers)}`,
            },
        ];
    },
};

/** What makes a flaw worse. */
function aggravation({ container, hasUserNamespace, isWindows, root, behind }: ContainerPowers): string {
    if (isWindows || behind !== 'namespaces') return '';
    const worse = [
        ...(root === 'none' && !hasUserNamespace ? ['its root is the same user as the host’s'] : []),
        ...(container.seccomp === 'unconfined' ? ['no seccomp filter keeps system calls from the kernel'] : []),
        ...(root === 'process' ? ['a set-user-ID program may make its user root'] : []),
    ];
    return worse.length === 0 ? '' : `, and ${worse.join(', ')}`;
}
