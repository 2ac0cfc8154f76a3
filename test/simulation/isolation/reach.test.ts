/** Who controls whom: each edge with a container that has it and one that just does not, and how edges join into ways. */
import { describe, expect, it } from 'vitest';
import { blastRadius, breaches } from '#simulation/isolation/reach/blast-radius.ts';
import { controlGraph } from '#simulation/isolation/reach/control-graph.ts';
import type { Needs } from '#simulation/isolation/reach/edge.ts';
import { edgeRules } from '#simulation/isolation/reach/edge-rules.ts';
import { easiestWay } from '#simulation/isolation/reach/reach.ts';
import { complete } from '#simulation/model/complete.ts';
import { elementId, type InstanceSet } from '#simulation/model/ids.ts';
import type { Container } from '#simulation/model/topology.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { container, engine, host, hypervisor, process as job, pod, type Sketch, topology, vm } from '../topology-builder.ts';

const graphOf = (hosts: readonly Sketch[]) => controlGraph(indexTopology(complete(topology(hosts))));
const set = (element: string, ...ranges: InstanceSet['ranges']): InstanceSet => ({ element: elementId(element), ranges });
const needed = (hosts: readonly Sketch[], from: string, to: string): Needs => easiestWay(graphOf(hosts), set(from), set(to))?.needs ?? 'machine';

type Given = Partial<Container>;
const pidHost = { pid: { kind: 'host' } } as const;
const mount = (source: string, readOnly = false): Given => ({ mounts: [{ source, readOnly }] });
const remapped = { namespaces: { user: { kind: 'own' } } } as const;

/** What `c` needs to become root of its host. */
const needsOut = (given: Given, engineType = 'docker'): Needs =>
    needed([host('h', {}, [engine(engineType, {}, [container('c', given)])])], `h.${engineType}.c`, 'h');

interface Case {
    readonly rule: string;
    readonly what: string;
    readonly given: Given;
    readonly needs: Needs;
}
const open = (rule: string, what: string, given: Given): Case => ({ rule, what, given, needs: 'none' });
const closed = (rule: string, what: string, given: Given, needs: Needs = 'namespace'): Case => ({ rule, what, given, needs });

const cases: readonly Case[] = [
    open('privileged', 'privileged', { privileged: true }),
    closed('privileged', 'privileged for a user who may become root', { privileged: true, user: '1000' }, 'process'),
    closed('privileged', 'privileged for a user who may not', { privileged: true, user: '1000', noNewPrivileges: true }),
    closed('privileged', 'privileged in a user namespace', { privileged: true, ...remapped }),
    closed('privileged', 'privileged behind gVisor', { privileged: true, runtime: 'gvisor' }, 'sandbox'),
    closed('privileged', 'privileged under Kata', { privileged: true, runtime: 'kata' }, 'kernel'),
    open('engine-socket', 'the socket', mount('/var/run/docker.sock')),
    open('engine-socket', 'the socket, read-only and for a plain user', { ...mount('/run/docker.sock', true), user: '1000' }),
    open('engine-socket', 'containerd’s', mount('/run/containerd/containerd.sock')),
    open('engine-socket', 'Podman’s', mount('/run/podman/podman.sock')),
    open('engine-socket', 'its directory, read-only', mount('/run', true)),
    open('engine-socket', 'a detour', mount('//var/./lib/../run//docker.sock')),
    closed('engine-socket', 'a user’s own engine', mount('/run/user/1000/docker.sock')),
    closed('engine-socket', 'another socket', mount('/run/app/app.sock')),
    closed('engine-socket', 'the socket behind gVisor', { ...mount('/run/docker.sock'), runtime: 'gvisor' }, 'sandbox'),
    open('host-processes', 'the host’s processes with SYS_PTRACE', { namespaces: pidHost, capabilitiesAdded: ['CAP_SYS_PTRACE'] }),
    closed('host-processes', 'the host’s processes alone', { namespaces: pidHost }),
    closed('host-processes', 'SYS_PTRACE alone', { capabilitiesAdded: ['SYS_PTRACE'] }),
    ...['SYS_ADMIN', 'SYS_MODULE', 'DAC_READ_SEARCH', 'SYS_RAWIO', 'cap_sys_admin', 'ALL'].map((name) =>
        open('dangerous-capability', name, { capabilitiesAdded: [name] }),
    ),
    open('dangerous-capability', 'BPF and PERFMON', { capabilitiesAdded: ['BPF', 'PERFMON'] }),
    ...['NET_ADMIN', 'BPF', 'SYS_TIME', 'NET_RAW', 'SYS_PTRACE'].map((name) => closed('dangerous-capability', name, { capabilitiesAdded: [name] })),
    closed('dangerous-capability', 'ALL but those that lead out', {
        capabilitiesAdded: ['ALL'],
        capabilitiesDropped: ['SYS_ADMIN', 'SYS_MODULE', 'DAC_READ_SEARCH', 'SYS_RAWIO', 'BPF'],
    }),
    closed('dangerous-capability', 'SYS_ADMIN in a user namespace', { capabilitiesAdded: ['SYS_ADMIN'], ...remapped }),
    ...['/dev/sda', '/dev/nvme0n1p2', '/dev/mem', '/dev/mapper/root', '/dev/sda:/dev/xvdc'].map((path) => open('device', path, { devices: [path] })),
    ...['/dev/kvm', '/dev/net/tun', '/dev/dri/card0', '/dev/null'].map((path) => closed('device', path, { devices: [path] })),
    closed('device', 'a disk for a user who may not become root', { devices: ['/dev/sda'], user: '7', noNewPrivileges: true }),
    ...['/', '/etc', '/etc/cron.d', '/root', '/usr', '/boot', '/proc', '/sys', '/sys/fs/cgroup', '/dev', '/var', '/var/lib/docker', '/etc/../root/.ssh'].map(
        (path) => open('host-mount', path, mount(path)),
    ),
    ...['/srv/data', '/etc/nginx', '/home/me/app', '/proc/cpuinfo', '/dev/shm', 'data', './app', '/etcetera'].map((path) =>
        closed('host-mount', path, mount(path)),
    ),
    ...['/etc', '/root', '/sys'].map((path) => closed('host-mount', `${path} read-only`, mount(path, true))),
    open('host-mount', 'the host’s mount namespace', { namespaces: { mount: { kind: 'host' } } }),
    open('host-mount', '/ behind gVisor', { ...mount('/'), runtime: 'gvisor' }),
    open('host-mount', '/ under Kata', { ...mount('/'), runtime: 'kata' }),
    closed('host-mount', '/ in a user namespace', { ...mount('/etc'), ...remapped }),
    closed('shared-namespace', 'the host’s network and IPC', { namespaces: { network: { kind: 'host' }, ipc: { kind: 'host' }, uts: { kind: 'host' } } }),
    closed('break-out', 'nothing given', {}),
    closed('break-out', 'seccomp unconfined', { seccomp: 'unconfined' }),
    closed('break-out', 'gVisor', { runtime: 'gvisor' }, 'sandbox'),
    closed('guest-escape', 'Kata', { runtime: 'kata' }, 'kernel'),
];

describe('to the root of its host', () => {
    it.each(cases)('$rule: $what needs $needs', ({ given, needs }) => {
        expect(needsOut(given)).toBe(needs);
    });

    it('is as far for a process as for a container, without a runtime to break', () => {
        expect(needed([host('h', {}, [job('p')])], 'h.p', 'h')).toBe('namespace');
    });

    it('is through a hypervisor for a guest', () => {
        const hosts = [host('h', {}, [hypervisor('kvm', {}, [vm('v', {}, [job('p'), engine('docker', {}, [container('c', { privileged: true })])])])])];
        expect(needed(hosts, 'h.kvm.v.p', 'h')).toBe('kernel');
        expect(needed(hosts, 'h.kvm.v.docker.c', 'h.kvm.v')).toBe('none');
        expect(needed(hosts, 'h.kvm.v.docker.c', 'h')).toBe('kernel');
        expect(needed(hosts, 'h', 'h.kvm.v.docker.c')).toBe('none');
    });

    it('leads to the machine that an engine brought along', () => {
        const hosts = [host('mac', { os: { name: 'macos' } }, [engine('docker', {}, [container('c', { privileged: true })])])];
        expect(needed(hosts, 'mac.docker.c', 'mac.docker.vm')).toBe('none');
        expect(needed(hosts, 'mac.docker.c', 'mac')).toBe('kernel');
    });

    it('is by the pipe and the disk on Windows, where capabilities mean nothing', () => {
        const onWindows = (given: Given): Needs =>
            needed(
                [
                    host('h', { os: { name: 'windows-server' } }, [
                        engine('docker', {}, [container('c', { image: { reference: 'iis', definition: 'iis' }, ...given })]),
                    ]),
                ],
                'h.docker.c',
                'h',
            );
        expect(onWindows(mount('\\\\.\\pipe\\docker_engine'))).toBe('none');
        expect(onWindows(mount('C:\\Windows'))).toBe('none');
        expect(onWindows(mount('C:/'))).toBe('none');
        expect(onWindows(mount('C:\\data'))).toBe('namespace');
        expect(onWindows({ capabilitiesAdded: ['SYS_ADMIN'], devices: ['/dev/sda'] })).toBe('namespace');
    });

    it('has a user namespace in its way under LXC, unless privileged', () => {
        expect(needsOut({ capabilitiesAdded: ['SYS_ADMIN'] }, 'lxc')).toBe('namespace');
        expect(needsOut({ privileged: true }, 'lxc')).toBe('none');
    });

    it('has a case for each rule', () => {
        const covered = new Set([...cases.map(({ rule }) => rule), 'process-escalation']);
        expect(edgeRules.map(({ code }) => code).filter((code) => !covered.has(code))).toEqual([]);
    });
});

describe('from one workload to another', () => {
    const joins = (other: string, of: 'pid' | 'mount' = 'pid'): Given => ({ namespaces: { [of]: { kind: 'container', of: set(`h.docker.${other}`) } } });
    const hosts = [
        host('h', {}, [
            engine('docker', {}, [
                container('a', {}),
                container('b', joins('a')),
                container('tracer', { ...joins('a'), capabilitiesAdded: ['SYS_PTRACE'] }),
                container('files', joins('tracer', 'mount')),
                container('apart', {}),
            ]),
            job('p'),
            job('q'),
        ]),
    ];

    it('goes through namespaces that they share', () => {
        expect(needed(hosts, 'h.docker.a', 'h.docker.b')).toBe('process');
        expect(needed(hosts, 'h.docker.tracer', 'h.docker.b')).toBe('none');
        expect(needed(hosts, 'h.docker.b', 'h.docker.tracer')).toBe('process');
        expect(needed(hosts, 'h.p', 'h.q')).toBe('process');
        expect(needed(hosts, 'h.docker.a', 'h.docker.apart')).toBe('namespace');
    });

    it('goes by way of a third', () => {
        expect(needed(hosts, 'h.docker.files', 'h.docker.a')).toBe('none');
        expect(needed(hosts, 'h.docker.a', 'h.docker.files')).toBe('process');
    });

    it('is as easy as the easiest member of a set makes it', () => {
        const [one, two] = [
            { first: 1, last: 1 },
            { first: 2, last: 2 },
        ];
        const racks = [
            host('h', { replicas: 2 }, [engine('docker', {}, [container('ci', { privileged: true }), pod('p', {}, [container('web', { replicas: 3 })])])]),
        ];
        const graph = graphOf(racks);
        const needs = (from: InstanceSet, to: InstanceSet) => easiestWay(graph, from, to)?.needs;
        expect(needs(set('h.docker.ci', one), set('h.docker.p.web', one))).toBe('none');
        expect(needs(set('h.docker.ci', one), set('h.docker.p', one))).toBe('none');
        expect(needs(set('h.docker.ci', one), set('h.docker.p.web', two))).toBeUndefined();
        expect(needs(set('h.docker.ci'), set('h.docker.p.web'))).toBe('none');
        expect(needs(set('h.docker.p.web'), set('h.docker.p.web'))).toBe('namespace');
        expect(needs(set('h.docker.p.web', one, one), set('h.docker.p.web', one, one))).toBe('none');
    });

    it('says what it goes through', () => {
        const socket = [host('h', {}, [engine('docker', {}, [container('ci', mount('/var/run/docker.sock', true)), container('web', {})])])];
        const way = easiestWay(graphOf(socket), set('h.docker.ci'), set('h.docker.web'));
        expect(way?.edges.map(({ via }) => via())).toEqual(['mount /var/run/docker.sock']);
        expect(way?.edges[0]?.because()).toContain('ask the engine on h for a privileged container');
    });

    it('does not leave the kernel for a namespace that is named on another', () => {
        const far = [
            host('g', {}, [engine('docker', {}, [container('x', { privileged: true })])]),
            host('h', {}, [engine('docker', {}, [container('y', { namespaces: { pid: { kind: 'container', of: set('g.docker.x') } } })])]),
        ];
        expect(needed(far, 'h.docker.y', 'h')).toBe('namespace');
        expect(needed(far, 'h.docker.y', 'g.docker.x')).toBe('machine');
    });
});

describe('the blast radius', () => {
    const hosts = [
        host('h', {}, [
            hypervisor('kvm', {}, [
                vm('v', {}, [engine('docker', {}, [container('in', {}), container('ci', { privileged: true })])]),
                vm('w', {}, [job('other')]),
            ]),
            engine('docker', {}, [container('boxed', { runtime: 'gvisor' }), container('web', {})]),
        ]),
    ];
    const falls = (from: string): readonly string[] => {
        const graph = graphOf(hosts);
        const number = graph.index.numbers.get(elementId(from)) ?? -1;
        return breaches.map((breach) => {
            const { machines, workloads } = blastRadius(graph, number, breach);
            return `${breach.broken}: ${[...machines, ...workloads].map((id) => id.split('.').at(-1)).join(' ')}`;
        });
    };

    it('grows with what is broken', () => {
        expect(falls('h.kvm.v.docker.in')).toEqual(['nothing: in', 'runtime: v in ci', 'kernel: v in ci', 'hypervisor: h v w in ci other boxed web']);
        expect(falls('h.kvm.v.docker.ci')[0]).toBe('nothing: v in ci');
        expect(falls('h.docker.web')[1]).toBe('runtime: h v w in ci other boxed web');
        expect(falls('h.kvm.w.other').slice(1, 3)).toEqual(['runtime: other', 'kernel: w other']);
        expect(falls('h.docker.boxed').slice(1, 3)).toEqual(['runtime: boxed', 'kernel: h v w in ci other boxed web']);
    });
});
