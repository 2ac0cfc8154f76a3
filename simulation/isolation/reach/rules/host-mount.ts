/** Directories of the host that make root of whoever may write them. */
import { nameOf } from '../../element-names.ts';
import { namespaceOwner } from '../../namespaces.ts';
import type { Edge, EdgeRule } from '../edge.ts';
import { powerOverHost } from '../host-paths.ts';

export const hostMount: EdgeRule = {
    code: 'host-mount',
    title: 'Writing where the host keeps its programs, accounts and state controls the kernel',
    explanation:
        "A writable mount of /, /etc, /root, /usr, /boot, /proc, /sys, /dev, a control group, an engine's state, or of a directory that holds one of these, is a way to have something run as the host's root; `namespace mount host` is a mount of /. " +
        "It counts through gVisor and Kata too: both pass the mounted files on. A read-only mount makes no edge (it may leak secrets), nor does any in a user namespace, where root may not write what is root's.",
    layers: ['configuration'],
    rules: { cisDocker: ['5.6'], pss: 'baseline', kics: ['volume_has_sensitive_host_directory'], trivy: ['KSV-0023'] },
    source: 'CIS Docker Benchmark 5.6 (docker-bench-security 5_6); core(5); cgroups(7); hier(7)',
    edges({ index, number, powers }) {
        if (powers?.root === undefined || powers.hasUserNamespace) return [];
        const { container, kernel, root } = powers;
        const edge = { rule: hostMount, from: number, to: { kind: 'root', kernel } as const, needs: root };
        const ofMounts = container.mounts.flatMap(({ source, readOnly }): readonly Edge[] => {
            const power = readOnly ? undefined : powerOverHost(source);
            if (power === undefined) return [];
            return [{ ...edge, via: () => `mount ${source}`, because: () => `${container.name} may write ${source} of ${nameOf(index, kernel)}: ${power}` }];
        });
        if (powers.behind !== 'namespaces' || namespaceOwner(index, number, 'mount') !== kernel) return ofMounts;
        const because = () => `${container.name} has the files of ${nameOf(index, kernel)} as its own`;
        return [{ ...edge, via: () => 'namespace mount host', because }, ...ofMounts];
    },
};
