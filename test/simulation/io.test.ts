/** Disk and network bandwidth in the steady state, against cases derived by hand. */
import { describe, expect, it } from 'vitest';
import type { Definitions } from '#simulation/model/definitions.ts';
import { elementId } from '#simulation/model/ids.ts';
import { bytes, bytesPerSecond, cores, fraction, seconds } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import {
    bareHost,
    container,
    disk,
    engine,
    GiB,
    host,
    hypervisor,
    hypervisorType,
    process as job,
    named,
    nic,
    type Sketch,
    slice,
    topology,
    vm,
} from './topology-builder.ts';

const rate = bytesPerSecond;
const reads = (name: string, amount: number, given: Parameters<typeof job>[1] = {}) => job(name, { read: rate(amount), ...given });
const ssd = (bandwidth: number) => disk('ssd', { bandwidth: rate(bandwidth) });
const machine = { cpu: cores(16), memory: bytes(64 * GiB) };
const guest = { vcpus: 2, memory: bytes(GiB) };

/** Reads the bytes a second that elements are granted, by path. */
function granted(hosts: readonly Sketch[], definitions: Partial<Definitions> = {}) {
    const { elements } = simulate(topology(hosts, definitions));
    const of = (kind: 'io' | 'network') => (path: string) => {
        const value = elements.get(elementId(path))?.[kind]?.granted;
        // Rounding is not what these cases are about.
        return value === undefined ? undefined : Number(value.toPrecision(12));
    };
    return { io: of('io'), network: of('network') };
}

describe('a disk', () => {
    it('serves all while it can', () => {
        const { io } = granted([host('h', machine, [ssd(300), reads('a', 100), job('b', { read: rate(100), write: rate(100) })])]);
        expect([io('h.a'), io('h.b'), io('h.ssd'), io('h')]).toEqual([100, 200, 300, 300]);
    });

    it('gives a small reader all that it asks, and the rest to the others', () => {
        const { io } = granted([host('h', machine, [ssd(300), reads('small', 50), reads('large', 400)])]);
        expect([io('h.small'), io('h.large')]).toEqual([50, 250]);
    });

    it('is shared by the weights of groups, however much is in them', () => {
        const { io } = granted([
            host('h', machine, [ssd(400), slice('a', { ioWeight: 300 }, [reads('p', 900)]), slice('b', {}, [job('q', { replicas: 4, read: rate(100) })])]),
        ]);
        expect([io('h.a'), io('h.b'), io('h.b.q')]).toEqual([300, 100, 25]);
    });

    it('leaves what a group does not use to its siblings first', () => {
        const { io } = granted([host('h', machine, [ssd(200), slice('a', {}, [reads('small', 10), reads('p', 900)]), slice('b', {}, [reads('q', 900)])])]);
        expect([io('h.a.small'), io('h.a.p'), io('h.b.q')]).toEqual([10, 90, 100]);
    });

    it('also serves so many operations a second, and bytes go with them', () => {
        const { io } = granted([host('h', machine, [disk('ssd', { iops: 1000 }), reads('p', 400, { iops: 3000 }), reads('q', 100, { iops: 100 })])]);
        expect([io('h.p'), io('h.q')]).toEqual([120, 100]);
    });

    it('is the one that a process names, else the first', () => {
        const { io } = granted([
            host('h', machine, [ssd(100), disk('old', { bandwidth: rate(10) }), reads('p', 100), reads('q', 100, { disk: elementId('h.old') })]),
        ]);
        expect([io('h.p'), io('h.q'), io('h.ssd'), io('h.old')]).toEqual([100, 10, 100, 10]);
    });

    it('counts with the peak over the phases of a process', () => {
        const phase = (amount: number) => ({ ...job('p').element, name: 'x', end: { kind: 'for', time: seconds(1) }, read: rate(amount) }) as never;
        const { io } = granted([host('h', machine, [ssd(100), job('p', { phases: [phase(20), phase(60)] })])]);
        expect(io('h.p')).toBe(60);
    });

    it('is limited for a group as its `io limit` says, whatever else is free', () => {
        const { io } = granted([
            host('h', machine, [
                ssd(1000),
                engine('docker', {}, [container('c', { ioLimit: rate(120), replicas: 2 }, [reads('p', 100), reads('q', 300)])]),
                reads('r', 900),
            ]),
        ]);
        expect([io('h.docker.c.p'), io('h.docker.c.q'), io('h.docker.c'), io('h.r')]).toEqual([60, 60, 120, 760]);
    });
});

describe('a guest', () => {
    const definitions: Partial<Definitions> = {
        hypervisorTypes: named(hypervisorType('kvm', { io: fraction(0.25) }), hypervisorType('esxi', { class: 'native', io: fraction(0.25) })),
    };

    it('costs the disk below the overhead of its hypervisor on top', () => {
        const { io } = granted([host('h', machine, [ssd(100), hypervisor('kvm', {}, [vm('v', guest, [reads('p', 100)])])])], definitions);
        expect([io('h.kvm.v.p'), io('h.kvm.v'), io('h.ssd')]).toEqual([80, 80, 80]);
    });

    it('pays at every layer that it stands on', () => {
        const inner = hypervisor('kvm', {}, [vm('w', guest, [reads('p', 100)])]);
        const { io } = granted([host('h', machine, [ssd(100), hypervisor('kvm', {}, [vm('v', { ...guest, nested: true }, [inner])])])], definitions);
        expect(io('h.kvm.v.kvm.w.p')).toBe(64);
    });

    it('shares as one group, and is bounded by a disk of its own', () => {
        const guests = hypervisor('kvm', {}, [
            vm('v', guest, [disk('root', { bandwidth: rate(30) }), reads('p', 40), reads('q', 10)]),
            vm('w', guest, [reads('r', 400)]),
        ]);
        const { io } = granted([host('h', machine, [ssd(100), guests])], definitions);
        expect([io('h.kvm.v.p'), io('h.kvm.v.q'), io('h.kvm.v.root'), io('h.kvm.w')]).toEqual([20, 10, 30, 50]);
    });

    it('stands directly on a bare machine under a native hypervisor', () => {
        const guests = hypervisor('esxi', {}, [vm('v', { ...guest, replicas: 3 }, [reads('p', 400)])]);
        const { io } = granted([bareHost('h', machine, [ssd(300), guests])], definitions);
        expect([io('h.esxi.v'), io('h.esxi')]).toEqual([80, 240]);
    });
});

describe('a network card', () => {
    it('carries its bandwidth in each direction', () => {
        const { network } = granted([
            host('h', machine, [nic('eth0', { bandwidth: rate(100) }), job('p', { send: rate(150) }), job('q', { receive: rate(80) })]),
        ]);
        expect([network('h.p'), network('h.q'), network('h.eth0')]).toEqual([100, 80, 180]);
    });

    it('is the first one of the host', () => {
        const { network } = granted([
            host('h', machine, [nic('eth0', { bandwidth: rate(100) }), nic('eth1', { bandwidth: rate(900) }), job('p', { send: rate(150) })]),
        ]);
        expect([network('h.eth0'), network('h.eth1')]).toEqual([100, 0]);
    });
});

describe('a process', () => {
    it('reads no faster than it can send, and leaves the rest of the disk to others', () => {
        const { io, network } = granted([
            host('h', machine, [ssd(200), nic('eth0', { bandwidth: rate(20) }), reads('p', 200, { send: rate(100) }), reads('q', 400)]),
        ]);
        expect([io('h.p'), network('h.p'), io('h.q')]).toEqual([40, 20, 160]);
    });

    it('advances no faster than its CPU lets it, but keeps its CPU while it waits for a disk', () => {
        const hosts = [
            host('h', machine, [ssd(150), slice('s', { cpuLimit: cores(0.5) }, [reads('p', 100, { cpu: cores(1) })]), reads('q', 200, { cpu: cores(1) })]),
        ];
        const { elements } = simulate(topology(hosts));
        expect(granted(hosts).io('h.s.p')).toBe(50);
        expect(granted(hosts).io('h.q')).toBe(100);
        expect(elements.get(elementId('h.q'))?.cpu).toMatchObject({ granted: 1, throttled: 0, contended: 0 });
    });

    it('that nobody described leaves its container unknown', () => {
        const { io } = granted([host('h', machine, [ssd(100), engine('docker', {}, [container('c', {}), container('d', {}, [reads('p', 10)])])])]);
        expect([io('h.docker.c'), io('h.docker.d'), io('h.docker'), io('h')]).toEqual([undefined, 10, 10, 10]);
    });

    it('that does not start by itself moves nothing', () => {
        const { io } = granted([host('h', machine, [ssd(100), reads('p', 80, { autostart: false }), reads('q', 60)])]);
        expect([io('h.p'), io('h.q'), io('h')]).toEqual([undefined, 60, 60]);
    });
});

describe('machines without figures', () => {
    it('slow nobody', () => {
        const { io, network } = granted([host('h', machine, [disk('ssd'), nic('eth0'), reads('p', 1e9, { iops: 1e6, send: rate(1e9) })])]);
        expect([io('h.p'), network('h.p')]).toEqual([1e9, 1e9]);
    });

    it('share what an `io limit` leaves by weight', () => {
        const { io } = granted([
            host('h', machine, [slice('s', { ioLimit: rate(100) }, [slice('a', { ioWeight: 300 }, [reads('p', 100)]), slice('b', {}, [reads('q', 100)])])]),
        ]);
        expect([io('h.s.a'), io('h.s.b')]).toEqual([75, 25]);
    });
});
