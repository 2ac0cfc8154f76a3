/** Every rule: a topology that breaks it, and one that just keeps it. */
import { describe, expect, it } from 'vitest';
import { checks } from '#simulation/checks/checks.ts';
import type { Finding } from '#simulation/model/finding.ts';
import { bytes, cores } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import { bareHost, container, disk, engine, GiB, host, hypervisor, process as job, MiB, pod, type Sketch, slice, topology, vm } from './topology-builder.ts';

const holds = (memory: number) => job('p', { memory: bytes(memory) });
const busy = (threads: number) => job('p', { threads, cpu: cores(threads) });
const big = { cpu: cores(16), memory: bytes(64 * GiB) };
const findings = (hosts: readonly Sketch[]): readonly Finding[] => simulate(topology(hosts)).findings;
const kvm = (given: Parameters<typeof hypervisor>[1], ...guests: readonly Sketch[]) => hypervisor('kvm', given, guests);

interface Case {
    readonly code: string;
    readonly subject: string;
    readonly statement?: string;
    readonly severity?: string;
    readonly facts: Readonly<Record<string, unknown>>;
    readonly says: string;
    readonly broken: readonly Sketch[];
    readonly kept: readonly Sketch[];
}

const cases: readonly Case[] = [
    {
        code: 'memory-capacity',
        subject: 'h',
        statement: 'memory',
        facts: { capacity: GiB, used: 1.5 * GiB, missing: GiB / 2 },
        says: 'h has 1 GiB of memory, but what runs on it holds 1.5 GiB',
        broken: [host('h', { memory: bytes(GiB) }, [slice('s', {}, [holds(1.5 * GiB)])])],
        kept: [host('h', { memory: bytes(GiB) }, [slice('s', {}, [holds(GiB)])])],
    },
    {
        code: 'memory-capacity',
        severity: 'warning',
        subject: 'h',
        facts: { missing: GiB / 2, swap: GiB },
        says: 'would lie in swap',
        broken: [host('h', { memory: bytes(GiB), swap: bytes(GiB) }, [holds(1.5 * GiB)])],
        kept: [host('h', { memory: bytes(2 * GiB), swap: bytes(GiB) }, [holds(1.5 * GiB)])],
    },
    {
        code: 'memory-capacity',
        subject: 'h.kvm.v',
        facts: { used: 2.25 * GiB },
        says: 'v has 2 GiB of memory',
        broken: [host('h', big, [kvm({}, vm('v', { memory: bytes(2 * GiB), os: { name: 'debian' } }, [holds(2 * GiB)]))])],
        kept: [host('h', big, [kvm({}, vm('v', { memory: bytes(2.25 * GiB), os: { name: 'debian' } }, [holds(2 * GiB)]))])],
    },
    {
        code: 'memory-overcommit',
        subject: 'h.kvm',
        statement: 'overcommit memory',
        facts: { promised: 80 * GiB, capacity: 64 * GiB, overcommit: 1.25 },
        says: 'kvm promises 80 GiB on h, which has 64 GiB',
        broken: [host('h', big, [kvm({}, vm('v', { memory: bytes(40 * GiB), replicas: 2 }))])],
        kept: [host('h', big, [kvm({ overcommitMemory: 1.25 }, vm('v', { memory: bytes(40 * GiB), replicas: 2 }))])],
    },
    {
        code: 'memory-limit',
        subject: 'h.docker.c',
        statement: 'memory limit',
        facts: { limit: 100 * MiB, needed: 120 * MiB },
        says: 'c may use 100 MiB of memory, but its working set is 120 MiB',
        broken: [host('h', big, [engine('docker', {}, [container('c', { memoryLimit: bytes(100 * MiB) }, [holds(120 * MiB)])])])],
        kept: [host('h', big, [engine('docker', {}, [container('c', { memoryLimit: bytes(120 * MiB) }, [holds(120 * MiB)])])])],
    },
    {
        // The container's own limit already holds its part down to 100 MiB, so the slice is not blamed for it.
        code: 'memory-limit',
        subject: 'h.docker.s.c',
        facts: { limit: 100 * MiB },
        says: 'each c may use',
        broken: [
            host('h', big, [
                engine('docker', {}, [
                    slice('s', { memoryLimit: bytes(200 * MiB) }, [container('c', { replicas: 2, memoryLimit: bytes(100 * MiB) }, [holds(GiB)])]),
                ]),
            ]),
        ],
        kept: [host('h', big, [engine('docker', {}, [slice('s', { memoryLimit: bytes(200 * MiB) }, [container('c', { replicas: 2 }, [holds(100 * MiB)])])])])],
    },
    {
        code: 'disk-capacity',
        subject: 'h.ssd',
        statement: 'size',
        facts: { capacity: 10 * GiB, promised: 12 * GiB, missing: 2 * GiB },
        says: "h's disks hold 10 GiB, but what stands on them is promised 12 GiB",
        broken: [host('h', big, [disk('ssd', { size: bytes(10 * GiB) }), kvm({}, vm('v', { memory: bytes(GiB) }, [disk('root', { size: bytes(12 * GiB) })]))])],
        kept: [host('h', big, [disk('ssd', { size: bytes(12 * GiB) }), kvm({}, vm('v', { memory: bytes(GiB) }, [disk('root', { size: bytes(12 * GiB) })]))])],
    },
    {
        code: 'cpu-reserve',
        subject: 'h',
        statement: 'cpu',
        facts: { reserved: 20, available: 16 },
        says: '20 cores of CPU are reserved on h, which has 16 cores for them',
        broken: [host('h', big, [slice('s', { cpuReserve: cores(10), replicas: 2 }, [busy(1)])])],
        kept: [host('h', big, [slice('s', { cpuReserve: cores(8), replicas: 2 }, [busy(1)])])],
    },
    {
        code: 'cpu-reserve',
        subject: 'h.s',
        statement: 'cpu reserve',
        facts: { reserved: 3, available: 2 },
        says: 'reserved in s, whose limit is 2 cores',
        broken: [host('h', big, [slice('s', { cpuLimit: cores(2) }, [slice('t', { cpuReserve: cores(3) }, [busy(1)])])])],
        kept: [host('h', big, [slice('s', { cpuLimit: cores(3) }, [slice('t', { cpuReserve: cores(3) }, [busy(1)])])])],
    },
    {
        code: 'memory-reserve',
        subject: 'h',
        statement: 'memory',
        facts: { reserved: 64 * GiB, available: 63.75 * GiB },
        says: '64 GiB of memory are reserved',
        broken: [host('h', { ...big, os: { name: 'debian' } }, [slice('s', { memoryReserve: bytes(64 * GiB) }, [holds(1)])])],
        kept: [host('h', big, [slice('s', { memoryReserve: bytes(64 * GiB) }, [holds(1)])])],
    },
    {
        code: 'cpu-overcommit',
        subject: 'h.kvm',
        statement: 'overcommit cpu',
        facts: { vcpus: 20, capacity: 16, overcommit: 1.25 },
        says: 'kvm promises 20 vCPUs on h, which has 16 cores',
        broken: [host('h', big, [kvm({}, vm('v', { vcpus: 10, replicas: 2, memory: bytes(GiB) }))])],
        kept: [host('h', big, [kvm({ overcommitCpu: 1.25 }, vm('v', { vcpus: 10, replicas: 2, memory: bytes(GiB) }))])],
    },
    {
        code: 'vcpus-above-host',
        severity: 'warning',
        subject: 'h.kvm.v',
        statement: 'vcpus',
        facts: { vcpus: 17, cpus: 16 },
        says: 'v has 17 vCPUs, but h has 16 cores',
        broken: [host('h', big, [kvm({ overcommitCpu: 2 }, vm('v', { vcpus: 17, memory: bytes(GiB) }))])],
        kept: [host('h', big, [kvm({ overcommitCpu: 2 }, vm('v', { vcpus: 16, memory: bytes(GiB) }))])],
    },
    {
        code: 'cpu-throttled',
        severity: 'warning',
        subject: 'h.s',
        statement: 'cpu limit',
        facts: { demand: 4, granted: 2, by: 'limit' },
        says: '50 % is lost to its limit of 2 cores. Raise it to 4 cores',
        broken: [host('h', big, [slice('s', { cpuLimit: cores(2) }, [slice('t', {}, [busy(4)])])])],
        kept: [host('h', big, [slice('s', { cpuLimit: cores(3.9) }, [slice('t', {}, [busy(4)])])])],
    },
    {
        code: 'cpu-throttled',
        severity: 'warning',
        subject: 'h.kvm.v',
        statement: 'vcpus',
        facts: { by: 'vcpus' },
        says: 'its vCPUs, of which it has 2. Give it 4 vCPUs',
        broken: [host('h', big, [kvm({}, vm('v', { vcpus: 2, memory: bytes(GiB) }, [busy(4)]))])],
        kept: [host('h', big, [kvm({}, vm('v', { vcpus: 4, memory: bytes(GiB) }, [busy(4)]))])],
    },
    {
        code: 'cpu-contended',
        severity: 'warning',
        subject: 'h',
        statement: 'cpu',
        facts: { demand: 20, granted: 16, capacity: 16 },
        says: 'What runs on h wants 20 cores, but it has 16 cores: 20 % of the demand is lost',
        broken: [host('h', big, [slice('s', {}, [busy(10)]), slice('t', {}, [busy(10)])])],
        kept: [host('h', big, [slice('s', {}, [busy(8)]), slice('t', {}, [busy(8)])])],
    },
    {
        code: 'cpu-contended',
        severity: 'warning',
        subject: 'h.small',
        statement: 'cpu weight',
        facts: { demand: 0.7 },
        says: 'is lost to its neighbours',
        broken: [host('h', big, [slice('small', { cpuWeight: 1 }, [busy(0.7)]), slice('t', {}, [busy(16)])])],
        kept: [host('h', big, [slice('small', { cpuWeight: 1000 }, [busy(0.7)]), slice('t', {}, [busy(16)])])],
    },
    {
        code: 'os-family',
        subject: 'h.docker.c',
        statement: 'image',
        facts: { required: 'windows', offered: 'linux', host: 'h' },
        says: 'iis needs a Windows kernel, and h has a Linux one. Put the container into a VM with Windows',
        broken: [host('h', big, [engine('docker', {}, [container('c', { image: { reference: 'iis', definition: 'iis' } })])])],
        kept: [
            host('h', { ...big, os: { name: 'windows-server' } }, [engine('docker', {}, [container('c', { image: { reference: 'iis', definition: 'iis' } })])]),
        ],
    },
    {
        code: 'hypervisor-class',
        subject: 'h.esxi',
        facts: { class: 'native', os: 'linux', host: 'h' },
        says: 'esxi runs on the bare machine, but h has the operating system linux',
        broken: [host('h', big, [hypervisor('esxi', {}, [])])],
        kept: [bareHost('h', big, [hypervisor('esxi', {}, [])])],
    },
    {
        code: 'hypervisor-class',
        subject: 'h.virtualbox',
        facts: { class: 'hosted', host: 'h' },
        says: 'virtualbox needs an operating system, and h has none',
        broken: [bareHost('h', big, [hypervisor('virtualbox', {}, [])])],
        kept: [host('h', big, [hypervisor('virtualbox', {}, [])])],
    },
    {
        code: 'os-missing',
        subject: 'h.docker',
        facts: { host: 'h' },
        says: 'docker needs a kernel, but h has no operating system',
        broken: [bareHost('h', big, [engine('docker', {}, [])])],
        kept: [host('h', big, [engine('docker', {}, [])])],
    },
    {
        code: 'nested-off',
        subject: 'h.kvm.v.kvm',
        facts: { vm: 'h.kvm.v' },
        says: 'Say `nested on` in v',
        broken: [host('h', big, [kvm({}, vm('v', { memory: bytes(GiB) }, [kvm({})]))])],
        kept: [host('h', big, [kvm({}, vm('v', { memory: bytes(GiB), nested: true }, [kvm({})]))])],
    },
    {
        code: 'cpu-set-beyond',
        subject: 'h.s',
        statement: 'cpu set',
        facts: { cpus: 16, first: 16 },
        says: 's names CPU 16, but h has 16 CPUs, numbered from 0 to 15',
        broken: [host('h', big, [slice('s', { cpuSet: [0, 16] }, [busy(1)])])],
        kept: [host('h', big, [slice('s', { cpuSet: [0, 15] }, [busy(1)])])],
    },
    {
        code: 'nested-off',
        subject: 'h.kvm.v.docker.c',
        statement: 'runtime',
        facts: { vm: 'h.kvm.v' },
        says: 'c needs virtualisation inside v',
        broken: [host('h', big, [kvm({}, vm('v', { memory: bytes(GiB) }, [engine('docker', {}, [container('c', { runtime: 'kata' }, [busy(1)])])]))])],
        kept: [
            host('h', big, [kvm({}, vm('v', { memory: bytes(GiB), nested: true }, [engine('docker', {}, [container('c', { runtime: 'kata' }, [busy(1)])])]))]),
        ],
    },
    {
        // Of three layers the one in the middle hides virtualisation from the innermost.
        code: 'nested-off',
        subject: 'h.kvm.v.kvm.w.kvm',
        facts: { vm: 'h.kvm.v.kvm.w' },
        says: 'Say `nested on` in w',
        broken: [host('h', big, [kvm({}, vm('v', { memory: bytes(2 * GiB), nested: true }, [kvm({}, vm('w', { memory: bytes(GiB) }, [kvm({})]))]))])],
        kept: [
            host('h', big, [kvm({}, vm('v', { memory: bytes(2 * GiB), nested: true }, [kvm({}, vm('w', { memory: bytes(GiB), nested: true }, [kvm({})]))]))]),
        ],
    },
    {
        code: 'cpu-reserve',
        subject: 'h.kvm.v',
        statement: 'cpu reserve',
        facts: { reserved: 3, available: 2 },
        says: '3 cores of CPU are reserved for v, which can use 2 cores',
        broken: [host('h', big, [kvm({}, vm('v', { vcpus: 2, memory: bytes(GiB), cpuReserve: cores(3) }))])],
        kept: [host('h', big, [kvm({}, vm('v', { vcpus: 3, memory: bytes(GiB), cpuReserve: cores(3) }))])],
    },
    {
        // Reserves of groups of groups add up to what the guest has.
        code: 'cpu-reserve',
        subject: 'h.kvm.v',
        statement: 'vcpus',
        facts: { reserved: 4, available: 3 },
        says: '4 cores of CPU are reserved on v, which has 3 cores for them',
        broken: [
            host('h', big, [
                kvm(
                    {},
                    vm('v', { vcpus: 3, memory: bytes(GiB) }, [
                        engine('docker', {}, [pod('p', { replicas: 2 }, [container('c', { cpuReserve: cores(2) }, [busy(0)])])]),
                    ]),
                ),
            ]),
        ],
        kept: [
            host('h', big, [
                kvm(
                    {},
                    vm('v', { vcpus: 4, memory: bytes(GiB) }, [
                        engine('docker', {}, [pod('p', { replicas: 2 }, [container('c', { cpuReserve: cores(2) }, [busy(0)])])]),
                    ]),
                ),
            ]),
        ],
    },
    {
        // A hypervisor's own memory and what each VM costs can't be reserved twice.
        code: 'memory-reserve',
        subject: 'h',
        statement: 'memory',
        facts: { reserved: 14 * GiB, available: 13 * GiB },
        says: '14 GiB of memory are reserved on h, which has 13 GiB for them',
        broken: [
            host('h', { memory: bytes(16 * GiB) }, [
                kvm(
                    { ownMemory: bytes(GiB), overheadMemory: bytes(GiB), overcommitMemory: 2 },
                    vm('v', { replicas: 2, memory: bytes(7 * GiB), memoryReserve: bytes(7 * GiB) }),
                ),
            ]),
        ],
        kept: [
            host('h', { memory: bytes(17 * GiB) }, [
                kvm(
                    { ownMemory: bytes(GiB), overheadMemory: bytes(GiB), overcommitMemory: 2 },
                    vm('v', { replicas: 2, memory: bytes(7 * GiB), memoryReserve: bytes(7 * GiB) }),
                ),
            ]),
        ],
    },
    {
        code: 'memory-reserve',
        subject: 'h.kvm.v',
        statement: 'memory',
        facts: { reserved: GiB, available: 0.75 * GiB },
        says: '1 GiB of memory are reserved on v, which has 768 MiB for them',
        broken: [host('h', big, [kvm({}, vm('v', { memory: bytes(GiB), os: { name: 'debian' } }, [slice('s', { memoryReserve: bytes(GiB) }, [busy(0)])]))])],
        kept: [
            host('h', big, [kvm({}, vm('v', { memory: bytes(1.25 * GiB), os: { name: 'debian' } }, [slice('s', { memoryReserve: bytes(GiB) }, [busy(0)])]))]),
        ],
    },
    {
        // Inside a guest it is the guest's CPUs that are promised.
        code: 'cpu-overcommit',
        subject: 'h.kvm.v.kvm',
        statement: 'overcommit cpu',
        facts: { vcpus: 4, capacity: 2, overcommit: 2 },
        says: 'kvm promises 4 vCPUs on v, which has 2 cores',
        broken: [
            host('h', big, [
                kvm({}, vm('v', { vcpus: 2, memory: bytes(4 * GiB), nested: true }, [kvm({}, vm('w', { vcpus: 2, replicas: 2, memory: bytes(GiB) }))])),
            ]),
        ],
        kept: [
            host('h', big, [
                kvm(
                    {},
                    vm('v', { vcpus: 2, memory: bytes(4 * GiB), nested: true }, [
                        kvm({ overcommitCpu: 2 }, vm('w', { vcpus: 2, replicas: 2, memory: bytes(GiB) })),
                    ]),
                ),
            ]),
        ],
    },
];

describe('the rules', () => {
    it.each(cases)('$code at $subject', ({ code, subject, statement, severity, facts, says, broken, kept }) => {
        expect(findings(broken)).toMatchObject([
            { code, subject, severity: severity ?? 'error', facts, message: expect.stringContaining(says), ...(statement === undefined ? {} : { statement }) },
        ]);
        expect(findings(kept)).toEqual([]);
    });

    it('have each a code of its own', () => {
        expect(new Set(checks.map(({ code }) => code)).size).toBe(checks.length);
    });

    it('name the largest causes first', () => {
        const [finding] = findings([
            host('h', { memory: bytes(GiB), os: { name: 'debian' } }, [slice('a', {}, [holds(GiB)]), slice('b', { replicas: 2 }, [holds(2 * GiB)])]),
        ]);
        expect(finding?.related.map(({ message }) => message)).toEqual(['b × 2 holds 4 GiB', 'a holds 1 GiB', 'debian, idle holds 256 MiB']);
    });

    it('say nothing of an overloaded host at each of its children', () => {
        const slices = ['a', 'b', 'c', 'd'].map((name) => slice(name, {}, [slice('inner', {}, [busy(8)])]));
        expect(findings([host('h', big, slices)]).map(({ subject }) => subject)).toEqual(['h']);
    });

    it('blame a limit also where competitors leave less than it does', () => {
        const squeezed = (limit: Parameters<typeof slice>[1]) =>
            findings([host('h', big, [slice('s', limit, [busy(4)]), slice('t', { cpuWeight: 10_000 }, [busy(40)])])]).filter(
                ({ subject }) => subject === 'h.s',
            );
        expect(squeezed({ cpuLimit: cores(2) })).toMatchObject([
            {
                code: 'cpu-throttled',
                statement: 'cpu limit',
                facts: { demand: 4, throttled: 0.5, by: 'limit' },
                message: expect.stringContaining('50 % is lost to its limit of 2 cores. Raise it to 4 cores to lose nothing to that.'),
            },
        ]);
        expect(squeezed({})).toEqual([]);
    });

    it('leave out what has no replicas', () => {
        expect(findings([host('h', { ...big, replicas: 0 }, [slice('s', { cpuLimit: cores(1) }, [busy(4)])])])).toEqual([]);
    });
});
