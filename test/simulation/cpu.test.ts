/** Who is granted how much CPU, derived by hand; the algebra stands beside each case. */
import { describe, expect, it } from 'vitest';
import { elementId } from '#simulation/model/ids.ts';
import type { CpuResult, Result } from '#simulation/model/result.ts';
import { cores, fraction } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import {
    bareHost,
    catalog,
    container,
    engine,
    host,
    hypervisor,
    hypervisorType,
    process as job,
    named,
    type Sketch,
    slice,
    topology,
    vm,
} from './topology-builder.ts';

const busy = (threads: number) => job('p', { threads, cpu: cores(threads) });
const cpuOf = (result: Result, path: string): CpuResult => result.elements.get(elementId(path))?.cpu ?? {};
const granted = (hosts: readonly Sketch[], path: string) => cpuOf(simulate(topology(hosts)), path).granted;

describe('a kernel', () => {
    it('counts processes beside groups by their threads, and a group once', () => {
        // Weights: p has 2 threads → 200, s 100. 2 cores: p 2 · 200/300 = 4/3, s 2/3.
        const hosts = [host('h', { cpu: cores(2) }, [busy(2), slice('s', {}, [busy(8)])])];
        expect(granted(hosts, 'h.p')).toBeCloseTo(4 / 3, 12);
        expect(granted(hosts, 'h.s')).toBeCloseTo(2 / 3, 12);
    });

    it('holds the engine as one group of weight 100 beside other groups', () => {
        // docker 100 against s 300 on 2 cores: 0.5 and 1.5, however many containers docker has.
        const containers = ['a', 'b', 'c', 'd', 'e'].map((name) => container(name, {}, [busy(1)]));
        const hosts = [host('h', { cpu: cores(2) }, [engine('docker', {}, containers), slice('s', { cpuWeight: 300 }, [busy(4)])])];
        expect(granted(hosts, 'h.docker')).toBeCloseTo(0.5, 12);
        expect(granted(hosts, 'h.docker.c')).toBeCloseTo(0.1, 12);
    });

    it('gives n replicas what n declarations would get', () => {
        // 3 + 1 equal groups on 2 cores: half a core each; the group of three takes 1.5.
        const hosts = [host('h', { cpu: cores(2) }, [slice('s', { replicas: 3 }, [busy(1)]), slice('t', {}, [busy(1)])])];
        expect(granted(hosts, 'h.s')).toBeCloseTo(0.5, 12);
        expect(granted(hosts, 'h')).toBeCloseTo(2, 12);
    });

    it('lets replicas of 0 take nothing', () => {
        const hosts = [host('h', { cpu: cores(1) }, [slice('s', { replicas: 0 }, [busy(4)]), slice('t', {}, [busy(1)])])];
        expect(granted(hosts, 'h.t')).toBe(1);
        expect(cpuOf(simulate(topology(hosts)), 'h').demand).toBe(1);
    });

    it('caps a group at the size of its CPU set, and at the CPUs of it that there are', () => {
        const hosts = [host('h', { cpu: cores(4) }, [slice('s', { cpuSet: [0, 1] }, [busy(8)]), slice('t', { cpuSet: [3, 7] }, [busy(8)])])];
        expect(granted(hosts, 'h.s')).toBe(2);
        expect(granted(hosts, 'h.t')).toBe(1);
    });

    it('caps a process at its threads', () => {
        const result = simulate(topology([host('h', { cpu: cores(4) }, [job('p', { threads: 1, cpu: cores(3) })])]));
        expect(cpuOf(result, 'h.p')).toMatchObject({ demand: 1, granted: 1, throttled: 0, contended: 0, bound: { by: 'threads' } });
    });

    it('takes the peak of a process with phases', () => {
        const phase = { cpu: cores(1), memory: 0, read: 0, write: 0, iops: 0, receive: 0, send: 0, dirty: 0, end: { kind: 'for', time: 1 } };
        const phases = [
            { ...phase, name: 'a' },
            { ...phase, name: 'b', cpu: cores(3) },
        ] as never;
        const result = simulate(topology([host('h', { cpu: cores(4) }, [job('p', { threads: 2, phases })])]));
        expect(cpuOf(result, 'h.p').demand).toBe(2);
    });
});

describe('a VM', () => {
    it('costs its host the overhead, and gives its guest the rest', () => {
        // The guest wants 1; the host is asked for 1.1 and has it.
        const hosts = [host('h', { cpu: cores(4) }, [hypervisor('kvm', { overheadCpu: fraction(0.1) }, [vm('v', { vcpus: 2 }, [busy(1)])])])];
        const result = simulate(topology(hosts));
        expect(cpuOf(result, 'h.kvm.v').granted).toBeCloseTo(1.1, 12);
        expect(cpuOf(result, 'h.kvm.v').overhead).toBeCloseTo(0.1, 12);
        expect(cpuOf(result, 'h.kvm.v.p').granted).toBeCloseTo(1, 12);
        expect(cpuOf(result, 'h').overhead).toBeCloseTo(0.1, 12);
    });

    it('is limited in host CPU, overhead included', () => {
        // limit 1.1 of host CPU: the guest gets 1 of the 2 it wants; half its demand is throttled, nothing contended.
        const hosts = [
            host('h', { cpu: cores(4) }, [hypervisor('kvm', { overheadCpu: fraction(0.1) }, [vm('v', { vcpus: 2, cpuLimit: cores(1.1) }, [busy(2)])])]),
        ];
        const result = simulate(topology(hosts));
        expect(cpuOf(result, 'h.kvm.v.p').granted).toBeCloseTo(1, 12);
        expect(cpuOf(result, 'h.kvm.v.p').throttled).toBeCloseTo(0.5, 12);
        expect(cpuOf(result, 'h.kvm.v.p').bound).toEqual({ by: 'limit', at: 'h.kvm.v' });
        expect(cpuOf(result, 'h.kvm.v').bound).toEqual({ by: 'limit' });
    });

    it('counts once, however many vCPUs it has, unless its type weighs vCPUs', () => {
        // KVM: 1 : 1 on one core. ESXi: 1 vCPU against 3: 1/4 and 3/4; its VMs stand at the root.
        const guests = [vm('a', { vcpus: 1 }, [busy(1)]), vm('b', { vcpus: 3 }, [busy(3)])];
        const kvm = [host('h', { cpu: cores(1) }, [hypervisor('kvm', {}, guests)])];
        expect(granted(kvm, 'h.kvm.a')).toBeCloseTo(0.5, 12);
        const esxi = [bareHost('h', { cpu: cores(1) }, [hypervisor('esxi', {}, guests)])];
        expect(granted(esxi, 'h.esxi.a')).toBeCloseTo(0.25, 12);
        expect(granted(esxi, 'h.esxi')).toBeCloseTo(1, 12);
    });

    it('has its reserve as a floor only where the hypervisor guarantees it', () => {
        // a reserves 0.8 of 1 core against b with nine times the weight. KVM: 0.1. ESXi: 0.8.
        const guests = [vm('a', { vcpus: 1, cpuReserve: cores(0.8) }, [busy(1)]), vm('b', { vcpus: 1, cpuWeight: 900 }, [busy(1)])];
        expect(granted([host('h', { cpu: cores(1) }, [hypervisor('kvm', {}, guests)])], 'h.kvm.a')).toBeCloseTo(0.1, 12);
        expect(granted([bareHost('h', { cpu: cores(1) }, [hypervisor('esxi', {}, guests)])], 'h.esxi.a')).toBeCloseTo(0.8, 12);
    });

    it('scales reserves that do not fit', () => {
        // 0.9 + 0.6 reserved of 1 core: 0.6 and 0.4.
        const guests = [vm('a', { vcpus: 1, cpuReserve: cores(0.9) }, [busy(1)]), vm('b', { vcpus: 1, cpuReserve: cores(0.6) }, [busy(1)])];
        const hosts = [bareHost('h', { cpu: cores(1) }, [hypervisor('esxi', {}, guests)])];
        expect(granted(hosts, 'h.esxi.a')).toBeCloseTo(0.6, 12);
        expect(granted(hosts, 'h.esxi.b')).toBeCloseTo(0.4, 12);
    });

    it('cannot give one thread more than its part of the busy vCPUs', () => {
        // The guest wants 4 (1 + 3), holds 2: each vCPU runs half the time, so the single thread gets at most 0.5 whatever its weight.
        const inside = [slice('one', { cpuWeight: 10_000 }, [busy(1)]), slice('rest', {}, [busy(3)])];
        const hosts = [host('h', { cpu: cores(2) }, [hypervisor('kvm', {}, [vm('v', { vcpus: 4 }, inside)])])];
        expect(granted(hosts, 'h.kvm.v.one')).toBeCloseTo(0.5, 12);
        expect(granted(hosts, 'h.kvm.v.rest')).toBeCloseTo(1.5, 12);
    });

    it('tells too few vCPUs from too little host', () => {
        // Wants 3, has 2 vCPUs: 1/3 throttled. The host has one core for it: of the 2 it could use, 1 is contended, 1/3 of the demand.
        const result = simulate(topology([host('h', { cpu: cores(1) }, [hypervisor('kvm', {}, [vm('v', { vcpus: 2 }, [busy(3)])])])]));
        expect(cpuOf(result, 'h.kvm.v').throttled).toBeCloseTo(1 / 3, 12);
        expect(cpuOf(result, 'h.kvm.v').contended).toBeCloseTo(1 / 3, 12);
        expect(cpuOf(result, 'h.kvm.v.p').contended).toBeCloseTo(1 / 3, 12);
        expect(cpuOf(result, 'h.kvm.v.p').bound).toEqual({ by: 'contention', at: 'h' });
    });

    it('nests: an inner guest runs on what its outer guest was granted', () => {
        // 2 cores, two outer guests of equal weight: 1 each. In a, an inner VM (overhead 25 %) against a slice: 0.5 each, so its guest gets 0.4.
        const inner = hypervisor('kvm', { overheadCpu: fraction(0.25) }, [vm('inner', { vcpus: 2 }, [busy(2)])]);
        const guests = [vm('a', { vcpus: 2, nested: true }, [inner, slice('s', {}, [busy(2)])]), vm('b', { vcpus: 2 }, [busy(2)])];
        const hosts = [host('h', { cpu: cores(2) }, [hypervisor('kvm', {}, guests)])];
        expect(granted(hosts, 'h.kvm.a.kvm')).toBeCloseTo(0.5, 12);
        expect(granted(hosts, 'h.kvm.a.kvm.inner.p')).toBeCloseTo(0.4, 12);
    });

    it('counts the CPUs of sets inside as its vCPUs', () => {
        // Three slices pinned to vCPU 0 of 2: one core between them, so the host is asked for no more.
        const pinned = ['x', 'y', 'z'].map((name) => slice(name, { cpuSet: [0] }, [busy(1)]));
        const hosts = [host('h', { cpu: cores(4) }, [hypervisor('kvm', {}, [vm('v', { vcpus: 2 }, pinned)])])];
        expect(granted(hosts, 'h.kvm.v')).toBeCloseTo(1, 9);
        expect(granted(hosts, 'h.kvm.v.x')).toBeCloseTo(1 / 3, 9);
    });
});

describe('lost demand', () => {
    it('is split into limits and competitors', () => {
        // a wants 2, its limit is 1.5: 25 % throttled. On 2 cores against b (2): 1 each, so 0.5 of 2 is contended: 25 %.
        const result = simulate(topology([host('h', { cpu: cores(2) }, [slice('a', { cpuLimit: cores(1.5) }, [busy(2)]), slice('b', {}, [busy(2)])])]));
        expect(cpuOf(result, 'h.a')).toMatchObject({ demand: 2, granted: 1, throttled: 0.25, contended: 0.25 });
        expect(cpuOf(result, 'h.b')).toMatchObject({ throttled: 0, contended: 0.5, bound: { by: 'contention', at: 'h' } });
    });

    it('names the element whose limit binds', () => {
        const result = simulate(topology([host('h', { cpu: cores(4) }, [slice('outer', { cpuLimit: cores(1) }, [slice('inner', {}, [busy(2)])])])]));
        expect(cpuOf(result, 'h.outer').bound).toEqual({ by: 'limit' });
        expect(cpuOf(result, 'h.outer.inner').bound).toEqual({ by: 'limit', at: 'h.outer' });
        expect(cpuOf(result, 'h').bound).toEqual({ by: 'limit', at: 'h.outer' });
    });

    it('stays unknown where no process says what is wanted', () => {
        const hosts = [host('h', { cpu: cores(4) }, [engine('docker', {}, [container('dark', {})]), engine('lxc', {}, [container('known', {}, [busy(1)])])])];
        const result = simulate(topology(hosts));
        expect(cpuOf(result, 'h.docker.dark').demand).toBeUndefined();
        expect(cpuOf(result, 'h.docker').granted).toBeUndefined();
        expect(cpuOf(result, 'h')).toMatchObject({ demand: 1, granted: 1 });
    });

    it('is not lost by what does not start by itself', () => {
        const hosts = [
            host('h', { cpu: cores(1) }, [engine('docker', {}, [container('off', { autostart: false }, [busy(4)]), container('on', {}, [busy(1)])])]),
        ];
        const result = simulate(topology(hosts));
        expect(cpuOf(result, 'h.docker.on')).toMatchObject({ granted: 1, contended: 0 });
        expect(cpuOf(result, 'h.docker.off.p').granted).toBeUndefined();
    });
});

describe('machines', () => {
    it('say what is promised on them', () => {
        const hosts = [
            host('h', { cpu: cores(4) }, [hypervisor('kvm', {}, [vm('v', { vcpus: 2, replicas: 3 })]), slice('s', { cpuReserve: cores(1) }, [busy(1)])]),
        ];
        const result = simulate(topology(hosts));
        expect(cpuOf(result, 'h')).toMatchObject({ capacity: 4, headroom: 0.75, overcommit: 7 / 4 });
        expect(cpuOf(result, 'h.kvm').overcommit).toBe(6 / 4);
        expect(cpuOf(result, 'h.kvm.v').capacity).toBe(2);
    });

    it('without a known size bound nothing', () => {
        expect(granted([host('h', {}, [busy(7)])], 'h.p')).toBe(7);
    });

    it('use the figures of the type where the text gives none', () => {
        const types = { ...catalog, hypervisorTypes: named(hypervisorType('kvm', { cpu: fraction(0.5) })) };
        const hosts = [host('h', { cpu: cores(3) }, [hypervisor('kvm', {}, [vm('v', { vcpus: 2 }, [busy(2)])])])];
        expect(cpuOf(simulate(topology(hosts, types)), 'h.kvm.v').granted).toBeCloseTo(3, 12);
    });
});
