/** What a machine or container shows of what carries it. */
import { describe, expect, it } from 'vitest';
import { type View, viewFrom } from '#simulation/isolation/view.ts';
import { vantagePoints } from '#simulation/isolation/visibility.ts';
import { complete } from '#simulation/model/complete.ts';
import { elementId } from '#simulation/model/ids.ts';
import type { Container } from '#simulation/model/topology.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { bytes, cores } from '#simulation/model/units.ts';
import { container, engine, GiB, host, hypervisor, pod, type Sketch, slice, topology, vm } from '../topology-builder.ts';

const big = { cpu: cores(16), memory: bytes(64 * GiB) };
const small = { cpuLimit: cores(1), memoryLimit: bytes(GiB) };

function seen(hosts: readonly Sketch[], path: string): View {
    const index = indexTopology(complete(topology(hosts)));
    const from = [...vantagePoints(index)].find((instance) => instance.path === path);
    if (from === undefined) throw new Error(`${path} is no vantage point`);
    return viewFrom(index, from);
}
const inside = (given: Partial<Container>, type = 'docker'): View => seen([host('h', big, [engine(type, {}, [container('c', given)])])], `h.${type}.c`);

describe('CPUs and memory', () => {
    it('are the machine’s, whatever the limits of a container', () => {
        expect(inside(small)).toMatchObject({ nproc: 16, cpuinfo: 16, memoryTotal: 64 * GiB });
    });

    it('are the guest’s in a guest', () => {
        const hosts = [
            host('h', big, [hypervisor('kvm', {}, [vm('v', { vcpus: 2, memory: bytes(4 * GiB) }, [engine('docker', {}, [container('c', small)])])])]),
        ];
        expect(seen(hosts, 'h.kvm.v')).toMatchObject({ nproc: 2, memoryTotal: 4 * GiB });
        expect(seen(hosts, 'h.kvm.v.docker.c')).toMatchObject({ nproc: 2, memoryTotal: 4 * GiB });
    });

    it('show a CPU set in nproc alone, the tightest of all around', () => {
        expect(inside({ cpuSet: [0, 1, 99] })).toMatchObject({ nproc: 2, cpuinfo: 16 });
        const nested = [host('h', big, [engine('docker', {}, [slice('s', { cpuSet: [1, 2, 3] }, [container('c', { cpuSet: [0, 1] })])])])];
        expect(seen(nested, 'h.docker.s.c').nproc).toBe(1);
    });

    it('are the container’s own where lxcfs or gVisor answers', () => {
        expect(inside({ ...small, cpuSet: [0, 1] }, 'lxc')).toMatchObject({ nproc: 2, cpuinfo: 2, memoryTotal: GiB });
        expect(inside({ ...small, runtime: 'gvisor' })).toMatchObject({ memoryTotal: GiB });
        expect(inside({}, 'lxc')).toMatchObject({ nproc: 16, memoryTotal: 64 * GiB });
    });

    it('are unknown in a container with a kernel of its own', () => {
        expect(inside({ runtime: 'kata' })).not.toHaveProperty('memoryTotal');
    });
});

describe('namespaces', () => {
    const own = { hostname: 'own', network: 'own', ipc: 'own', mount: 'own', cgroup: 'own' };

    it('are a container’s own unless the text says so, but for its users', () => {
        expect(inside({})).toMatchObject({ ...own, user: 'h', interfaces: ['lo', 'eth0'] });
        expect(inside({}, 'lxc')).toMatchObject({ ...own, user: 'own' });
        expect(inside({ privileged: true }, 'lxc')).toMatchObject({ user: 'h' });
    });

    it('are named by whose they are', () => {
        const hostKind = { kind: 'host' } as const;
        const shared = { kind: 'container', of: { element: elementId('h.docker.a'), ranges: [] } } as const;
        const hosts = [
            host('h', { ...big, replicas: 2 }, [
                { element: { kind: 'nic', name: 'uplink', labels: {}, implicit: false }, inside: [] },
                engine('docker', {}, [
                    container('a', {}),
                    container('b', { namespaces: { network: shared, ipc: hostKind, uts: shared } }),
                    container('c', { namespaces: { network: hostKind } }),
                    pod('p', { replicas: 2 }, [container('d', {})]),
                ]),
            ]),
        ];
        expect(seen(hosts, 'h[2].docker.b')).toMatchObject({ network: 'h[2].docker.a', ipc: 'h[2]', hostname: 'h[2].docker.a', mount: 'own' });
        expect(seen(hosts, 'h[2].docker.c')).toMatchObject({ network: 'h[2]', interfaces: ['lo', 'uplink'] });
        expect(seen(hosts, 'h[1].docker.p[2].d')).toMatchObject({ network: 'h[1].docker.p[2]', ipc: 'h[1].docker.p[2]', hostname: 'own' });
        expect(seen(hosts, 'h[1]')).toMatchObject({ ...own, user: 'own', interfaces: ['lo', 'uplink'], nproc: 16 });
    });
});
