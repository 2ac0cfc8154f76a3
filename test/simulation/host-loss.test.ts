/** What is left when hosts are lost: cases by hand, and every way to place few VMs as the oracle. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hypervisor, Vm } from '#simulation/model/topology.ts';
import { bytes, cores } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import { GiB, host, hypervisor, process as job, type Sketch, slice, topology, vm } from './topology-builder.ts';

type Given<Kind> = Partial<Omit<Kind, 'kind' | 'id' | 'parent' | 'children' | 'name'>>;

const guest = (name: string, memory: number, given: Given<Vm> = {}) => vm(name, { vcpus: 1, memory: bytes(memory * GiB), hostFailure: 'restart', ...given });
const kvm = (guests: readonly Sketch[], given: Given<Hypervisor> = {}) => hypervisor('kvm', given, guests);
const machine = (name: string, memory: number, inside: readonly Sketch[], replicas?: number) =>
    host(name, { cpu: cores(16), memory: bytes(memory * GiB), ...(replicas === undefined ? {} : { replicas }) }, inside);

/** Whether it survives, and why not. */
function judged(hosts: readonly Sketch[], lost = 1) {
    const [judgement] = simulate(topology(hosts, {}, [{ kind: 'survives', hosts: lost }])).expectations;
    return judgement;
}
const survives = (hosts: readonly Sketch[], lost?: number) => judged(hosts, lost)?.holds;

describe('the loss of a host', () => {
    it('is survived where the VMs that restart have room on the others', () => {
        const hosts = (memory: number) => [machine('a', 16, [kvm([guest('v', 6), guest('w', 6)])]), machine('b', 16, [kvm([guest('x', memory)])])];
        expect(survives(hosts(4))).toBe(true);
        expect(survives(hosts(5))).toBe(false);
        expect(judged(hosts(5))?.evidence).toBe('when a is lost, no host with kvm has room for w (6 GiB)');
    });

    it('does not matter to VMs that stay, nor to those that do not start by themselves', () => {
        expect(survives([machine('a', 16, [kvm([guest('v', 12, { hostFailure: 'stay' }), guest('w', 12, { autostart: false })])])])).toBe(true);
        expect(survives([machine('a', 16, [kvm([guest('v', 12)])])])).toBe(false);
        expect(survives([machine('a', 16, [])])).toBe(true);
    });

    it('needs a hypervisor of the same type', () => {
        const other = (type: string) => [machine('a', 16, [kvm([guest('v', 4)])]), machine('b', 16, [hypervisor(type, {}, [])])];
        expect(survives(other('virtualbox'))).toBe(false);
        expect(survives(other('kvm'))).toBe(true);
    });

    it('counts what each VM costs beside its memory, and what else is used there', () => {
        const hosts = (held: number) => [
            machine('a', 16, [kvm([guest('v', 7)], { overheadMemory: bytes(GiB) })]),
            machine('b', 16, [
                kvm([guest('x', 3)], { overheadMemory: bytes(GiB), ownMemory: bytes(GiB) }),
                slice('s', {}, [job('p', { memory: bytes(held * GiB) })]),
            ]),
        ];
        // An overhead is told by the hypervisor that the VM stands on: 8 GiB; 16 − 1 − 4 are free beside what is held.
        expect(survives(hosts(3))).toBe(true);
        expect(survives(hosts(3.5))).toBe(false);
    });

    it('lets memory be promised again as `overcommit memory` says, but not reserves', () => {
        const hosts = (reserve: number) => [
            machine('a', 16, [kvm([guest('v', 12, { memoryReserve: bytes(reserve * GiB) })], { overcommitMemory: 2 })]),
            machine('b', 16, [kvm([guest('w', 12, { memoryReserve: bytes(reserve * GiB) })], { overcommitMemory: 2 })]),
        ];
        expect(survives(hosts(8))).toBe(true);
        expect(survives(hosts(9))).toBe(false);
    });

    it('counts reserved CPU, not vCPUs', () => {
        const hosts = (reserve: number) => ['a', 'b'].map((name) => machine(name, 16, [kvm([guest('v', 2, { vcpus: 16, cpuReserve: cores(reserve) })])]));
        expect(survives(hosts(8))).toBe(true);
        expect(survives(hosts(9))).toBe(false);
    });

    it('of replicas counts one of them at a time', () => {
        const replicated = (memory: number, replicas: number) => [machine('h', 16, [kvm([guest('v', memory, { replicas: 2 })])], replicas)];
        // Two VMs of 5 GiB find room on two of the others, which have 6 left each; a single other host has room for one only.
        expect(survives(replicated(5, 3))).toBe(true);
        expect(survives(replicated(5, 2))).toBe(false);
        expect(survives(replicated(1, 1e9))).toBe(true);
        expect(survives(replicated(2, 3), 2)).toBe(true);
        expect(survives(replicated(3, 3), 2)).toBe(false);
    });

    it('is judged of as many replicas as are lost at once', () => {
        const replicated = [machine('h', 16, [kvm([guest('v', 5, { replicas: 2 })])], 10_000)];
        expect(survives(replicated, 3000)).toBe(true);
        expect(survives(replicated, 6000)).toBe(false);
        expect(survives(replicated, 10_000)).toBe(false);
        // The VMs of 500 hosts fill the last of five places on each of a hundred others; 600 · (1 − 500 / 600) is a little less than a hundred.
        const full = (memory: number) => [machine('h', 6, [kvm([guest('v', memory)])], 600)];
        expect(survives(full(1), 500)).toBe(true);
        expect(survives(full(1.001), 500)).toBe(false);
        expect(judged(replicated, 6000)?.evidence).toBe('when 6000 of h are lost, no host with kvm has room for v (5 GiB)');
    });

    it('is judged of very many equal hosts, but not where there are too many ways to lose them', () => {
        const pair = [machine('a', 16, [kvm([guest('v', 1)])], 1e6), machine('b', 16, [kvm([guest('v', 1)])], 3)];
        expect(survives(pair, 3)).toBe(true);
        expect(survives(pair, 1e6 + 1)).toBe(false);
        expect(judged([...pair, machine('c', 16, [kvm([])], 1e6)], 1e6)).toMatchObject({ holds: false, unjudged: true });
    });

    it('takes along what stands inside a VM that restarts', () => {
        const nested = guest('outer', 8, { nested: true, vcpus: 2 });
        const inner = { ...nested, inside: [kvm([guest('inner', 4)])] };
        expect(survives([machine('a', 16, [kvm([inner])]), machine('b', 16, [kvm([])])])).toBe(true);
    });

    it('finds the fit that greed misses', () => {
        const hosts = [
            machine('a', 32, [kvm([guest('v', 6), guest('w', 5), guest('x', 5), guest('y', 2)])]),
            machine('b', 10, [kvm([])]),
            machine('c', 8, [kvm([])]),
        ];
        expect(survives(hosts)).toBe(true);
    });

    it('is not judged where there is too much to try', () => {
        const hosts = ['a', 'b', 'c'].map((name) => machine(name, 1e9, [kvm([guest('v', 1, { replicas: 1e6 })])]));
        expect(judged(hosts)).toMatchObject({ holds: false, unjudged: true });
    });

    it('of few VMs is judged as trying everything would', () => {
        const size = fc.integer({ min: 1, max: 8 });
        fc.assert(
            fc.property(
                fc.array(fc.record({ memory: fc.integer({ min: 8, max: 20 }), guests: fc.array(size, { maxLength: 3 }) }), { minLength: 1, maxLength: 4 }),
                (given) => {
                    const hosts = given.map(({ memory, guests }, i) => machine(`h${i}`, memory, [kvm(guests.map((one, j) => guest(`v${j}`, one)))]));
                    const free = given.map(({ memory, guests }) => memory - guests.reduce((sum, one) => sum + one, 0));
                    fc.pre(free.every((room) => room >= 0));
                    const place = (guests: readonly number[], room: readonly number[]): boolean => {
                        const [next, ...rest] = guests;
                        return next === undefined || room.some((one, i) => one >= next && place(rest, room.with(i, one - next)));
                    };
                    const expected = given.every(({ guests }, i) => place(guests, free.toSpliced(i, 1)));
                    expect(survives(hosts)).toBe(expected);
                },
            ),
            { numRuns: 500 },
        );
    });
});
