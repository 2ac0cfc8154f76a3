/** Arbitrary topologies: all that can stand on what, with figures from nothing to far too much. */
import * as fc from 'fast-check';
import type { Topology } from '#simulation/model/topology.ts';
import { bytes, cores } from '#simulation/model/units.ts';
import { container, engine, GiB, host, hypervisor, process, type Sketch, slice, topologyOf, vm } from './topologies.ts';

const amount = fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 12, noNaN: true }), fc.constant(1e6));
const replicas = fc.option(fc.constantFrom(0, 1, 2, 3, 40, 1_000_000), { nil: undefined });
const name = fc.constantFrom('a', 'database', 'w', 'a-rather-long-name-for-a-box', 'x_1');

const says = (part: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
    Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
const memory = amount.map((gib) => bytes(gib * GiB));

const processes = fc
    .record({ name, cpu: amount.map(cores), memory, threads: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }), replicas, autostart: fc.boolean() })
    .map(({ name: called, ...rest }) => process(called, says(rest)));

const limits = { cpuLimit: fc.option(amount.map(cores), { nil: undefined }), memoryLimit: fc.option(memory, { nil: undefined }), replicas };
const containers = fc
    .record({ name, ...limits, inside: fc.array(processes, { maxLength: 3 }) })
    .map(({ name: called, inside, ...rest }) => container(called, says(rest), ...distinct(inside)));
const slices = fc
    .record({ name: fc.constant('batch'), ...limits, inside: fc.array(containers, { maxLength: 3 }) })
    .map(({ name: called, inside, ...rest }) => slice(called, says(rest), ...distinct(inside)));
const engines = fc
    .record({ type: fc.constantFrom('docker', 'docker-desktop'), inside: fc.array(fc.oneof(containers, slices), { maxLength: 5 }) })
    .map(({ type, inside }) => engine(type, {}, ...distinct(inside)));

const guests: fc.Arbitrary<Sketch> = fc
    .record({
        name,
        vcpus: fc.integer({ min: 1, max: 8 }),
        memory,
        replicas,
        autostart: fc.boolean(),
        inside: fc.array(fc.oneof(processes, engines), { maxLength: 3 }),
    })
    .map(({ name: called, inside, ...rest }) => vm(called, says(rest), ...distinct(inside)));
const hypervisors = fc.array(guests, { maxLength: 4 }).map((inside) => hypervisor('kvm', {}, ...distinct(inside)));

const hosts = fc
    .record({
        name: fc.constantFrom('rack1', 'rack2', 'mac', 'left', 'right'),
        cpu: fc.option(fc.constantFrom(1, 4, 64).map(cores), { nil: undefined }),
        memory: fc.option(
            fc.constantFrom(1, 8, 256).map((gib) => bytes(gib * GiB)),
            { nil: undefined },
        ),
        os: fc.constantFrom('debian', 'macos').map((system) => ({ name: system })),
        replicas,
        inside: fc.array(fc.oneof(processes, engines, hypervisors), { maxLength: 4 }),
    })
    .map(({ name: called, inside, cpu, memory: size, ...rest }) => host(called, { ...says(rest), cpu, memory: size }, ...distinct(inside)));

export const topologies: fc.Arbitrary<Topology> = fc.array(hosts, { maxLength: 5 }).map((all) => topologyOf(...distinct(all)));

/** Two elements of one parent can't share a name. */
function distinct(sketches: readonly Sketch[]): readonly Sketch[] {
    return [...new Map(sketches.map((sketch) => [sketch.element.name, sketch])).values()];
}
