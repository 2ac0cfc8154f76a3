/** Walls, kernels, and what is seen from where. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaries, wallsBetween } from '#simulation/isolation/boundaries.ts';
import { kernelGroups, workloads } from '#simulation/isolation/kernels.ts';
import { vantagePoints, visibilityOf, visibleFrom } from '#simulation/isolation/visibility.ts';
import { complete } from '#simulation/model/complete.ts';
import { type Wall, walls } from '#simulation/model/expectation.ts';
import { elementId, type InstanceSet } from '#simulation/model/ids.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { bareHost, container, engine, host, hypervisor, process as job, pod, type Sketch, slice, topology, vm } from './topology-builder.ts';

const indexOf = (hosts: readonly Sketch[]) => indexTopology(complete(topology(hosts)));
const set = (element: string, ...ranges: InstanceSet['ranges']): InstanceSet => ({ element: elementId(element), ranges });

/** The wall of each row, keyed by last names: `a|b`. */
function wallsOf(hosts: readonly Sketch[]): Readonly<Record<string, Wall>> {
    const rows = [...boundaries(indexOf(hosts))];
    return Object.fromEntries(rows.map(({ a, b, wall }) => [`${a.split('.').at(-1)}|${b.split('.').at(-1)}`, wall]));
}

describe('the wall between two workloads', () => {
    it('depends on whose kernel has to be broken', () => {
        const found = wallsOf([
            host('h', {}, [
                hypervisor('kvm', {}, [vm('g1', {}, [engine('docker', {}, [container('in1', {}), container('in1b', {})])]), vm('g2', {}, [job('erp')])]),
                engine('docker', {}, [
                    container('web', {}),
                    container('api', {}),
                    container('boxed', { runtime: 'gvisor' }),
                    container('boxed2', { runtime: 'gvisor' }),
                    container('kata', { runtime: 'kata' }),
                ]),
                job('agent'),
                job('agent2'),
            ]),
            host('other', {}, [job('far')]),
        ]);
        expect(found).toMatchObject({
            'web|api': 'namespace',
            'in1|in1b': 'namespace',
            // Guests side by side.
            'in1|erp': 'kernel',
            // Whoever breaks the host's kernel owns its guests.
            'in1|web': 'namespace',
            'erp|web': 'namespace',
            // The weaker direction decides: from web out is a namespace, from the sandbox out is more.
            'web|boxed': 'namespace',
            'boxed|boxed2': 'sandbox',
            'in1|boxed': 'sandbox',
            'web|kata': 'namespace',
            'boxed|kata': 'sandbox',
            'in1|kata': 'kernel',
            // Processes outside containers share the initial namespaces, with each other but not with containers.
            'agent|agent2': 'process',
            'web|agent': 'namespace',
            'in1|agent': 'namespace',
            'web|far': 'machine',
            'erp|far': 'machine',
        });
    });

    it('is one between replicas, where they part', () => {
        const inside = [engine('docker', {}, [container('web', { replicas: 3 }), container('one', {})])];
        expect(wallsOf([host('h', { replicas: 2 }, inside)])).toEqual({ 'web|web': 'namespace', 'web|one': 'namespace', 'one|one': 'machine' });
        expect(wallsOf([host('h', {}, [hypervisor('kvm', {}, [vm('v', { replicas: 2 }, [job('p')])])])])).toEqual({ 'p|p': 'kernel' });
        expect(wallsOf([host('h', {}, [engine('docker', {}, [container('none', { replicas: 0 }), container('one', {})])])])).toEqual({});
    });

    it('is taken over the members that a path names', () => {
        const index = indexOf([host('h', { replicas: 4 }, [engine('docker', {}, [container('web', { replicas: 3 })])])]);
        const one = { first: 1, last: 1 };
        const two = { first: 2, last: 2 };
        const wall = (a: InstanceSet, b: InstanceSet) => wallsBetween(index, a, b).map((between) => between.wall);
        expect(wall(set('h.docker.web', one, one), set('h.docker.web', one, two))).toEqual(['namespace']);
        expect(wall(set('h.docker.web', one, one), set('h.docker.web', two, one))).toEqual(['machine']);
        expect(wall(set('h.docker.web', one, one), set('h.docker.web', one, one))).toEqual(['process']);
        expect(wall(set('h.docker.web'), set('h.docker.web'))).toEqual(['namespace', 'machine']);
    });

    it('stands around an engine’s own machine', () => {
        const inside = [engine('docker', {}, [container('web', {}), container('api', {})]), job('finder')];
        const found = wallsOf([host('mac', { os: { name: 'macos' } }, inside)]);
        expect(found).toEqual({ 'web|api': 'namespace', 'web|finder': 'namespace', 'api|finder': 'namespace' });
        const replicated = wallsOf([host('mac', { os: { name: 'macos' } }, [engine('docker', {}, [container('web', { replicas: 2 })])])]);
        expect(replicated).toEqual({ 'web|web': 'namespace' });
    });

    it('is down to processes where namespaces are shared', () => {
        const joins = { pid: { kind: 'container', of: set('h.docker.a') } } as const;
        const found = wallsOf([
            host('h', {}, [
                engine('docker', {}, [
                    container('a', {}),
                    container('b', { namespaces: joins }),
                    container('c', {}),
                    container('d', { namespaces: { pid: { kind: 'host' } } }),
                    container('e', { namespaces: { mount: { kind: 'host' } } }),
                ]),
                job('agent'),
            ]),
        ]);
        expect(found).toMatchObject({ 'a|b': 'process', 'a|c': 'namespace', 'b|c': 'namespace', 'd|agent': 'process', 'e|agent': 'process' });
        // Neither is in the other's namespaces: d shares PIDs with the host, e its files.
        expect(found).toMatchObject({ 'c|d': 'namespace', 'd|e': 'namespace' });
    });

    it('names what pods share besides', () => {
        const rows = [
            ...boundaries(indexOf([host('h', {}, [engine('docker', {}, [pod('p', {}, [container('a', {}), container('b', {})]), container('c', {})])])])),
        ];
        expect(rows[0]).toMatchObject({ wall: 'namespace', because: expect.stringContaining('network and IPC namespaces') });
        expect(rows[1]?.because).not.toContain('network');
    });

    it('is between workloads, of which a process in a container is a part', () => {
        const index = indexOf([host('h', {}, [engine('docker', {}, [container('a', {}, [job('p'), job('q')]), container('b', {}, [job('r')])])])]);
        expect(wallsBetween(index, set('h.docker.a.p'), set('h.docker.b'))[0]?.wall).toBe('namespace');
        expect(wallsBetween(index, set('h.docker.a.p'), set('h.docker.a.q'))[0]?.wall).toBe('process');
    });
});

const workload: fc.Arbitrary<Sketch> = fc.constantFrom<'process' | 'runc' | 'gvisor' | 'kata'>('process', 'runc', 'gvisor', 'kata').chain((kind) =>
    fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }).map((replicas) => {
        const given = replicas === undefined ? {} : { replicas };
        return kind === 'process' ? slice('s', {}, [job('p', given)]) : engine('docker', {}, [container('c', { ...given, runtime: kind })]);
    }),
);
const rename = (sketches: readonly Sketch[]): readonly Sketch[] =>
    sketches.map((sketch, place) => ({ ...sketch, element: { ...sketch.element, name: `${sketch.element.name}${place}` } }));
const machines: fc.Arbitrary<readonly Sketch[]> = fc
    .array(
        fc
            .tuple(fc.array(workload, { maxLength: 3 }), fc.array(fc.array(workload, { maxLength: 2 }), { maxLength: 3 }), fc.integer({ min: 1, max: 2 }))
            .map(([own, guests, replicas]) =>
                host('h', { replicas }, [...rename(own), hypervisor('kvm', {}, rename(guests.map((inside) => vm('v', {}, rename(inside)))))]),
            ),
        { minLength: 1, maxLength: 3 },
    )
    .map(rename);

describe('over generated machines', () => {
    it('kernels are a partition of the workloads', () => {
        fc.assert(
            fc.property(machines, (hosts) => {
                const index = indexOf(hosts);
                const members = kernelGroups(index).flatMap((group) => group.members);
                expect(members.toSorted()).toEqual(
                    workloads(index)
                        .map((number) => index.elements[number]?.id ?? '')
                        .toSorted(),
                );
            }),
        );
    });

    it('walls are symmetric, and never stronger for a row than for any of its pairs', () => {
        fc.assert(
            fc.property(machines, (hosts) => {
                const index = indexOf(hosts);
                for (const { a, b, wall } of boundaries(index)) {
                    const there = wallsBetween(index, set(a), set(b)).map((between) => between.wall);
                    expect(there).toEqual(wallsBetween(index, set(b), set(a)).map((between) => between.wall));
                    expect(there[0]).toBe(wall);
                    for (const other of there) expect(walls.indexOf(other)).toBeGreaterThanOrEqual(walls.indexOf(wall));
                }
            }),
        );
    });
});

/** What `ps` shows at a vantage point. */
function seenFrom(hosts: readonly Sketch[], path: string): readonly string[] {
    const index = indexOf(hosts);
    const from = [...vantagePoints(index)].find((instance) => instance.path === path);
    if (from === undefined) throw new Error(`${path} is no vantage point`);
    return [...visibleFrom(visibilityOf(index), from)].map(
        ({ pid, path: what, as, innerPid }) => `${pid} ${what} ${as}${innerPid === undefined ? '' : ` (${innerPid})`}`,
    );
}

describe('what is seen', () => {
    const machine = [
        host('h', {}, [
            hypervisor('kvm', {}, [vm('v', { replicas: 2 }, [job('hidden')])]),
            engine('docker', {}, [
                container('web', { replicas: 2 }, [job('init'), job('worker', { replicas: 2 })]),
                container('off', { autostart: false }, [job('p')]),
            ]),
            job('agent'),
        ]),
    ];

    it('from a host is every process of its containers, and one for each VM', () => {
        expect(seenFrom(machine, 'h')).toEqual([
            '1001 h.kvm.v[1] qemu-system-x86_64',
            '1002 h.kvm.v[2] qemu-system-x86_64',
            '1003 h.docker.web[1].init init (1)',
            '1004 h.docker.web[1].worker[1] worker (2)',
            '1005 h.docker.web[1].worker[2] worker (3)',
            '1006 h.docker.web[2].init init (1)',
            '1007 h.docker.web[2].worker[1] worker (2)',
            '1008 h.docker.web[2].worker[2] worker (3)',
            '1009 h.agent agent',
        ]);
    });

    it('from a container is its own, from PID 1', () => {
        expect(seenFrom(machine, 'h.docker.web[2]')).toEqual([
            '1 h.docker.web[2].init init',
            '2 h.docker.web[2].worker[1] worker',
            '3 h.docker.web[2].worker[2] worker',
        ]);
    });

    it('from a guest is what runs in it', () => {
        expect(seenFrom(machine, 'h.kvm.v[2]')).toEqual(['1001 h.kvm.v[2].hidden hidden']);
    });

    it('from a Mac is one process for all its containers', () => {
        const mac = [host('mac', { os: { name: 'macos' } }, [engine('docker', {}, [container('web', { replicas: 2 }, [job('p')])])])];
        expect(seenFrom(mac, 'mac')).toEqual(['1001 mac.docker.vm com.apple.Virtualization.VirtualMachine']);
        expect(seenFrom(mac, 'mac.docker.vm')).toEqual(['1001 mac.docker.web[1].p p (1)', '1002 mac.docker.web[2].p p (1)']);
    });

    it('of a sandbox is one process', () => {
        const inside = [container('g', { runtime: 'gvisor' }, [job('a'), job('b')]), container('k', { runtime: 'kata' }, [job('c')])];
        const hosts = [host('h', { arch: 'arm64' }, [engine('docker', {}, inside)])];
        expect(seenFrom(hosts, 'h')).toEqual(['1001 h.docker.g runsc-sandbox', '1002 h.docker.k qemu-system-aarch64']);
        expect(seenFrom(hosts, 'h.docker.g')).toEqual(['1 h.docker.g.a a', '2 h.docker.g.b b']);
        expect(seenFrom(hosts, 'h.docker.k')).toEqual(['1 h.docker.k.c c']);
    });

    it('follows PID namespaces that are shared', () => {
        const inside = [
            container('joins', { namespaces: { pid: { kind: 'container', of: set('h.docker.owner') } } }, [job('j')]),
            container('owner', {}, [job('o')]),
            container('open', { namespaces: { pid: { kind: 'host' } } }, [job('x')]),
        ];
        const hosts = [host('h', {}, [engine('docker', {}, inside)])];
        const all = ['1001 h.docker.joins.j j (2)', '1002 h.docker.owner.o o (1)', '1003 h.docker.open.x x'];
        expect(seenFrom(hosts, 'h')).toEqual(all);
        expect(seenFrom(hosts, 'h.docker.open')).toEqual(all);
        expect(seenFrom(hosts, 'h.docker.joins')).toEqual(['1 h.docker.owner.o o', '2 h.docker.joins.j j']);
        expect(seenFrom(hosts, 'h.docker.owner')).toEqual(['1 h.docker.owner.o o', '2 h.docker.joins.j j']);
    });

    it('shows a container that nobody described by its image', () => {
        const hosts = [host('h', {}, [engine('docker', {}, [container('web', { image: { reference: 'nginx' } })])])];
        expect(seenFrom(hosts, 'h')).toEqual(['1001 h.docker.web nginx (1)']);
        expect(seenFrom(hosts, 'h.docker.web')).toEqual(['1 h.docker.web nginx']);
    });

    it('is listed lazily for as many replicas as anybody likes', () => {
        const index = indexOf([bareHost('h', {}, [engine('docker', {}, [container('web', { replicas: 1e9 }, [job('p')])])])]);
        const from = vantagePoints(index).next().value;
        if (from === undefined) throw new Error('no vantage point');
        expect(visibleFrom(visibilityOf(index), from).next().value).toMatchObject({ pid: 1001, path: 'h.docker.web[1].p' });
    });
});
