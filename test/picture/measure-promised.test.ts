/** How wide boxes are where width is what each may take at most, or what is set aside for it. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measure } from '#server/picture/measure.ts';
import type { Measure } from '#server/picture/measures.ts';
import { standingOf } from '#server/picture/standing.ts';
import type { PictureResource, PictureShare } from '#server/protocol.ts';
import { elementId } from '#simulation/model/ids.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { bytes, cores } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import { container, engine, GiB, host, hypervisor, MiB, process, type Sketch, slice, topologyOf, vm } from '../helpers/topologies.ts';
import { topologies } from '../helpers/topology-sketches.ts';

function measured(topology: Topology, resource: PictureResource, share: PictureShare): (id: string) => Measure {
    const standing = standingOf(simulate(topology));
    const measures = measure(standing, resource, share);
    return (id) => measures[standing.byId.get(elementId(id))?.number ?? -1] ?? expect.fail(`${id} is not measured`);
}

const db = process('db', { cpu: cores(0.5), memory: bytes(300 * MiB) });
const limited = (name: string, limit: number, ...inside: readonly Sketch[]) => container(name, { memoryLimit: bytes(limit) }, ...inside);

describe('at most', () => {
    test('a group is as wide as its limit, with what nobody in it wants left free', () => {
        const of = measured(topologyOf(host('h', { memory: bytes(8 * GiB) }, engine('docker', {}, limited('c', GiB, db)))), 'memory', 'limited');
        expect(of('h.docker.c')).toMatchObject({ amount: GiB, idle: GiB - 300 * MiB, over: 0 });
        expect(of('h.docker.c.db').amount).toBe(300 * MiB);
    });

    test('what a limit does not let through is not drawn, and is taken from all in proportion', () => {
        const hungry = limited('c', 300 * MiB, process('a', { memory: bytes(400 * MiB) }), process('b', { memory: bytes(200 * MiB) }));
        const of = measured(topologyOf(host('h', { memory: bytes(8 * GiB) }, engine('docker', {}, hungry))), 'memory', 'limited');
        expect([of('h.docker.c').amount, of('h.docker.c').over]).toEqual([300 * MiB, 0]);
        expect([of('h.docker.c.a').amount, of('h.docker.c.b').amount]).toEqual([200 * MiB, 100 * MiB]);
    });

    test('limits that a host could not keep all at once stick out of it', () => {
        const of = measured(
            topologyOf(host('h', { cpu: cores(4), memory: bytes(8 * GiB) }, engine('docker', {}, container('c', { replicas: 3, cpuLimit: cores(2) }, db)))),
            'cpu',
            'limited',
        );
        expect(of('h')).toMatchObject({ amount: 4, idle: 0, over: 2 });
        expect(of('h.docker.c').amount).toBe(6);
    });

    test('a machine is as wide as its size, with or without a need', () => {
        const of = measured(topologyOf(host('h', { cpu: cores(8) }, hypervisor('kvm', {}, vm('v', { vcpus: 4, cpuLimit: cores(3) }, db)))), 'cpu', 'limited');
        expect(of('h.kvm.v')).toMatchObject({ amount: 3, idle: 2.5, unknown: false });
    });
});

describe('set aside', () => {
    test('a group stands for the larger of its own reserve and those in it', () => {
        const inside = engine('docker', {}, container('a', { memoryReserve: bytes(GiB) }, db), container('b', { memoryReserve: bytes(GiB) }, db));
        const of = measured(topologyOf(host('h', { memory: bytes(8 * GiB) }, slice('s', { memoryReserve: bytes(GiB) }), inside)), 'memory', 'reserved');
        expect(of('h.docker.a')).toMatchObject({ amount: GiB, idle: GiB });
        expect(of('h.s').amount).toBe(GiB);
        expect(of('h').amount).toBe(8 * GiB);
        expect(of('h').idle).toBeCloseTo(8 * GiB - 3 * GiB - of('h').cost - of('h.docker').cost, 0);
    });

    test('what a guest reserves is nothing of its host', () => {
        const guest = vm(
            'v',
            { memory: bytes(4 * GiB), memoryReserve: bytes(2 * GiB) },
            engine('docker', {}, container('c', { memoryReserve: bytes(3 * GiB) }, db)),
        );
        const of = measured(topologyOf(host('h', { memory: bytes(8 * GiB) }, hypervisor('kvm', {}, guest))), 'memory', 'reserved');
        expect(of('h.kvm.v')).toMatchObject({ amount: 2 * GiB, idle: 2 * GiB, over: 0 });
        expect(of('h.kvm.v.docker.c').amount).toBe(0);
    });
});

test('what an element carries, costs and leaves free is as wide as itself with what sticks out', () => {
    fc.assert(
        fc.property(
            topologies,
            fc.constantFrom<PictureResource>('cpu', 'memory'),
            fc.constantFrom<PictureShare>('limited', 'reserved'),
            (topology, resource, share) => {
                const standing = standingOf(simulate(topology));
                const measures = measure(standing, resource, share);
                for (const { number, carries, element } of standing.places) {
                    const of = measures[number] ?? expect.fail(`${element.id} is not measured`);
                    const carried = carries.reduce((sum, child) => sum + (measures[child.number]?.amount ?? 0) + (measures[child.number]?.over ?? 0), 0);
                    if (element.kind !== 'process' && carries.length > 0) {
                        const whole = of.amount + of.over;
                        expect(Math.abs(carried + of.cost + of.idle - whole), element.id).toBeLessThanOrEqual(1e-9 * Math.max(1, whole));
                    }
                    expect([of.amount, of.cost, of.idle, of.over].every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
                }
            },
        ),
        { numRuns: 150 },
    );
});
