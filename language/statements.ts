/** Every statement of the language: where it may stand, what value it takes, what holds where it is left out, and what it means. */
import type { ElementKind } from '#simulation/model/topology.ts';
import type { Dimension } from '#simulation/model/units.ts';

/** Whatever has a body, and the file itself. */
export type BodyKind = ElementKind | 'phase' | 'engine-vm' | 'os' | 'image' | 'hypervisor-type' | 'engine-type' | 'runtime-type' | 'scenario' | 'file';

/** What may follow a key. */
export type Shape =
    /** A value of one dimension. `scale` tells shares (`5 %`), counts (`400 k`) and ratios (either) apart, which are one dimension. */
    | { readonly kind: 'quantity'; readonly dimension: Dimension; readonly scale?: 'share' | 'count' | 'ratio'; readonly range?: NumberRange }
    /** One of a few words. */
    | { readonly kind: 'word'; readonly words: readonly string[] }
    /** Any word or text, as an architecture or a version. */
    | { readonly kind: 'name' }
    | { readonly kind: 'text' }
    /** The name of a definition. */
    | { readonly kind: 'definition'; readonly of: 'os' | 'image' | 'runtime-type' }
    /** A path to an element of these kinds. */
    | { readonly kind: 'path'; readonly kinds: readonly ElementKind[] }
    /** A form of its own, shown as written. */
    | { readonly kind: 'form'; readonly form: string };

export interface NumberRange {
    readonly min?: number;
    /** The minimum itself is not allowed. */
    readonly above?: number;
    readonly max?: number;
    readonly whole?: true;
}

export interface StatementRule {
    /** As written, without the value: `cpu limit`. */
    readonly key: string;
    readonly in: readonly BodyKind[];
    readonly shape: Shape;
    /** What holds without it. Absent: nothing, or what `meaning` says. */
    readonly default?: { readonly value: number | string; readonly text: string };
    /** What holds without it, where that is no fixed value. */
    readonly otherwise?: string;
    /** An error where it is left out. */
    readonly required?: true;
    /** May stand more than once in a body. */
    readonly many?: true;
    readonly meaning: string;
}

const on = { kind: 'word', words: ['on', 'off'] } as const;
const bytes = (range: NumberRange = { min: 0 }): Shape => ({ kind: 'quantity', dimension: 'memory', range });
const cores = (range: NumberRange = { min: 0 }): Shape => ({ kind: 'quantity', dimension: 'cpu', range });
const count = (range: NumberRange = { min: 0 }): Shape => ({ kind: 'quantity', dimension: 'number', scale: 'count', range });
const share = (range: NumberRange = { min: 0 }): Shape => ({ kind: 'quantity', dimension: 'number', scale: 'share', range });
const ratio = (range: NumberRange = { above: 0 }): Shape => ({ kind: 'quantity', dimension: 'number', scale: 'ratio', range });
const time = (range: NumberRange = { min: 0 }): Shape => ({ kind: 'quantity', dimension: 'time', range });
const work = (range: NumberRange = { min: 0 }): Shape => ({ kind: 'quantity', dimension: 'work', range });
const rate = (range: NumberRange = { min: 0 }): Shape => ({ kind: 'quantity', dimension: 'rate', range });
const words = (...list: readonly string[]): Shape => ({ kind: 'word', words: list });
const form = (text: string): Shape => ({ kind: 'form', form: text });
const zero = { value: 0, text: '0' } as const;
const off = { value: 'off', text: 'off' } as const;
const isOn = { value: 'on', text: 'on' } as const;
const positive: NumberRange = { above: 0 };
const weight = count({ min: 1, max: 10_000 });
const hundred = { value: 100, text: '100' } as const;
const families = words('linux', 'windows', 'macos', 'freebsd', 'other');
const runtimes = { kind: 'definition', of: 'runtime-type' } as const;
const groups = ['slice', 'pod', 'container'] as const;
const elements = ['host', 'disk', 'nic', 'hypervisor', 'vm', 'engine', 'slice', 'pod', 'container', 'process'] as const;

// biome-ignore format: a table is read by its rows.
export const statementRules: readonly StatementRule[] = [
    // ------------------------------------------------------------ every element
    { key: 'label', in: elements, shape: form('KEY "value"'), many: true, meaning: 'A note of yours, shown with the element. `label size "unknown"` says that nobody knows the size of a host, a VM or a disk; `label sensitivity "…"` how bad it is if others read it.' },

    // ------------------------------------------------------------ host
    { key: 'cpu', in: ['host'], shape: cores(positive), required: true, meaning: 'Logical CPUs that the scheduler can use.' },
    { key: 'memory', in: ['host'], shape: bytes(positive), required: true, meaning: 'Installed memory.' },
    { key: 'swap', in: ['host'], shape: bytes(), otherwise: 'none', meaning: 'Swap space, used when memory runs out.' },
    { key: 'os', in: ['host'], shape: { kind: 'definition', of: 'os' }, otherwise: 'bare metal', meaning: 'The operating system. Without one the host carries only a native hypervisor.' },
    { key: 'arch', in: ['host'], shape: { kind: 'name' }, default: { value: 'amd64', text: 'amd64' }, meaning: 'The CPU architecture.' },
    { key: 'boot', in: ['host', 'vm'], shape: time(), otherwise: 'as its operating system', meaning: 'Latency of a boot.' },

    // ------------------------------------------------------------ disk and nic
    { key: 'size', in: ['disk'], shape: bytes(positive), required: true, meaning: 'Capacity of the disk.' },
    { key: 'iops', in: ['disk'], shape: count(positive), otherwise: 'no limit', meaning: 'Operations a second that the disk serves.' },
    { key: 'bandwidth', in: ['disk', 'nic'], shape: rate(positive), otherwise: 'no limit', meaning: 'Bytes a second that it moves.' },

    // ------------------------------------------------------------ hypervisor
    { key: 'overcommit cpu', in: ['hypervisor'], shape: ratio(), default: { value: 1, text: '1' }, meaning: 'vCPUs that may be promised for each CPU.' },
    { key: 'overcommit memory', in: ['hypervisor'], shape: ratio(), default: { value: 1, text: '1' }, meaning: 'Memory that may be promised over memory there is.' },
    { key: 'overhead cpu', in: ['hypervisor'], shape: share(), otherwise: 'as its type', meaning: 'Host CPU on top of each unit of guest CPU.' },
    { key: 'overhead memory', in: ['hypervisor'], shape: bytes(), otherwise: 'as its type', meaning: 'Memory that each VM costs beside its own.' },
    { key: 'own-memory', in: ['hypervisor'], shape: bytes(), otherwise: 'as its type', meaning: 'Memory of the hypervisor itself.' },
    { key: 'balloon', in: ['hypervisor'], shape: on, default: off, meaning: 'Guests give back memory that they no longer use.' },
    { key: 'boot', in: ['hypervisor', 'engine'], shape: time(), otherwise: 'as its type', meaning: 'Latency until it is ready.' },

    // ------------------------------------------------------------ vm
    { key: 'vcpus', in: ['vm'], shape: count({ min: 1, max: 1e6, whole: true }), required: true, meaning: 'Virtual CPUs of the guest.' },
    { key: 'memory', in: ['vm'], shape: bytes(positive), required: true, meaning: 'Memory that the guest is given at most.' },
    { key: 'memory reserve', in: ['vm', ...groups], shape: bytes(), default: zero, meaning: 'Memory that is guaranteed, checked for room.' },
    { key: 'cpu weight', in: ['vm'], shape: count({ min: 1, max: 1e6 }), default: hundred, meaning: 'Share of CPU beside its siblings, where CPU is short.' },
    { key: 'cpu limit', in: ['vm', ...groups], shape: cores(positive), otherwise: 'no limit', meaning: 'CPU it never gets more of. A ceiling, no guarantee.' },
    { key: 'cpu reserve', in: ['vm', ...groups], shape: cores(), default: zero, meaning: 'CPU that is guaranteed, checked for room.' },
    { key: 'os', in: ['vm'], shape: { kind: 'definition', of: 'os' }, otherwise: 'unknown', meaning: 'The guest operating system, with a kernel of its own.' },
    { key: 'arch', in: ['vm'], shape: { kind: 'name' }, otherwise: "the host's", meaning: 'The CPU architecture of the guest.' },
    { key: 'nested', in: ['vm'], shape: on, default: off, meaning: 'The guest may run a hypervisor itself.' },
    { key: 'autostart', in: ['vm', 'container', 'process'], shape: on, default: isOn, meaning: 'It starts with what it stands on.' },
    { key: 'restart', in: ['vm', 'container'], shape: words('always', 'on-failure', 'no'), default: { value: 'no', text: 'no' }, meaning: 'When it is started again after it ended.' },
    { key: 'host-failure', in: ['vm'], shape: words('restart', 'stay'), default: { value: 'stay', text: 'stay' }, meaning: 'Whether it moves to another host when its own fails.' },

    // ------------------------------------------------------------ engine
    { key: 'runtime', in: ['engine', 'container'], shape: runtimes, otherwise: 'as the engine', meaning: 'What runs the containers: runc and crun share the kernel, gVisor puts a sandbox between, Kata a kernel.' },
    { key: 'vm', in: ['engine'], shape: form('{ vcpus N memory Q }'), otherwise: 'as its type', meaning: 'Size of the virtual machine that the engine brings along, where it needs one.' },
    { key: 'vcpus', in: ['engine-vm'], shape: count({ min: 1, max: 1e6, whole: true }), otherwise: 'all of the host', meaning: 'Virtual CPUs of the implicit virtual machine.' },
    { key: 'memory', in: ['engine-vm'], shape: bytes(positive), otherwise: 'as the engine type', meaning: 'Memory of the implicit virtual machine.' },

    // ------------------------------------------------------------ slice, pod, container
    { key: 'cpu weight', in: ['hypervisor', 'engine', ...groups], shape: weight, default: hundred, meaning: 'Share of CPU beside its siblings, where CPU is short.' },
    { key: 'cpu set', in: groups, shape: form('0-3,6'), otherwise: 'all', meaning: 'Logical CPUs that it may use.' },
    { key: 'memory limit', in: groups, shape: bytes(positive), otherwise: 'no limit', meaning: 'Memory it never gets more of. What needs more is killed.' },
    { key: 'pids limit', in: groups, shape: count({ min: 1, whole: true }), otherwise: 'no limit', meaning: 'Processes and threads it may have.' },
    { key: 'io weight', in: groups, shape: weight, default: hundred, meaning: 'Share of disk throughput beside its siblings.' },
    { key: 'io limit', in: groups, shape: rate(positive), otherwise: 'no limit', meaning: 'Disk throughput it never gets more of.' },
    { key: 'oom-group', in: groups, shape: on, default: off, meaning: 'When memory runs out in it, all of it is killed.' },

    // ------------------------------------------------------------ container
    { key: 'image', in: ['container'], shape: { kind: 'definition', of: 'image' }, otherwise: 'unknown', meaning: 'What the container is made of: a name of the catalog, or a reference in quotes.' },
    { key: 'memory swap', in: ['container'], shape: bytes(), default: zero, meaning: 'Swap it may use beside its memory limit (swap alone).' },
    { key: 'namespace', in: ['container'], shape: form('pid|network|ipc|uts|mount|user|cgroup|time own|host|CONTAINER'), many: true, otherwise: "own; of `user` the host's, of `network` and `ipc` the pod's where there is one", meaning: 'Whose view of processes, network and so on it shares.' },
    { key: 'privileged', in: ['container'], shape: on, default: off, meaning: 'All capabilities and devices, no seccomp: the kernel is open to it.' },
    { key: 'capability', in: ['container'], shape: form('add|drop NAME'), many: true, meaning: 'A Linux capability added to or dropped from the default set.' },
    { key: 'user', in: ['container'], shape: form('root|UID'), default: { value: 'root', text: 'root' }, meaning: 'Who its processes run as.' },
    { key: 'seccomp', in: ['container'], shape: words('default', 'unconfined'), default: { value: 'default', text: 'default' }, meaning: 'Filter of system calls.' },
    { key: 'read-only', in: ['container'], shape: on, default: off, meaning: 'The root file system can not be written.' },
    { key: 'no-new-privileges', in: ['container'], shape: on, default: off, meaning: 'Set-user-ID programs give no more rights.' },
    { key: 'mount', in: ['container'], shape: form('"SOURCE" ["TARGET"] [ro]'), many: true, meaning: 'A path of the host inside the container.' },
    { key: 'device', in: ['container'], shape: { kind: 'text' }, many: true, meaning: 'A device of the host inside the container.' },
    { key: 'after', in: ['container'], shape: { kind: 'path', kinds: ['container'] }, many: true, meaning: 'It starts when that container is ready.' },
    { key: 'boot', in: ['container'], shape: time(), otherwise: 'as the engine type', meaning: 'Latency of its start.' },

    // ------------------------------------------------------------ process and phase
    { key: 'threads', in: ['process', 'phase'], shape: count({ min: 1, max: 1e9, whole: true }), otherwise: 'as many as the demand needs', meaning: 'Threads, each of which keeps at most one CPU busy.' },
    { key: 'cpu', in: ['process', 'phase'], shape: cores(), default: zero, meaning: 'Demand: CPU it would use if nobody held it back.' },
    { key: 'memory', in: ['process'], shape: bytes(), default: zero, meaning: 'Working set.' },
    { key: 'memory', in: ['phase'], shape: bytes(), default: zero, meaning: 'Working set; `A to B` grows evenly over the phase.' },
    { key: 'read', in: ['process', 'phase'], shape: rate(), default: zero, meaning: 'Bytes a second it reads from disk.' },
    { key: 'write', in: ['process', 'phase'], shape: rate(), default: zero, meaning: 'Bytes a second it writes to disk.' },
    { key: 'iops', in: ['process', 'phase'], shape: count(), default: zero, meaning: 'Disk operations a second.' },
    { key: 'disk', in: ['process'], shape: { kind: 'path', kinds: ['disk'] }, otherwise: 'the first in reach', meaning: 'The disk it reads and writes.' },
    { key: 'receive', in: ['process', 'phase'], shape: rate(), default: zero, meaning: 'Bytes a second it receives.' },
    { key: 'send', in: ['process', 'phase'], shape: rate(), default: zero, meaning: 'Bytes a second it sends.' },
    { key: 'dirty', in: ['process', 'phase'], shape: rate(), default: zero, meaning: 'Memory written a second, which live migration has to copy again.' },
    { key: 'oom-score-adj', in: ['process'], shape: count({ min: -1000, max: 1000, whole: true }), default: zero, meaning: 'Shifts the choice of what is killed when memory runs out; may be negative.' },
    { key: 'repeat', in: ['process'], shape: count({ min: 1, max: 1e9, whole: true }), default: { value: 1, text: '1' }, meaning: 'How often its phases run: a number, or `forever`.' },
    { key: 'for', in: ['phase'], shape: time(), meaning: 'The phase ends after this time.' },
    { key: 'work', in: ['phase'], shape: work(), meaning: 'The phase ends when so much CPU was granted, so contention makes it late.' },

    // ------------------------------------------------------------ os and image
    { key: 'family', in: ['os'], shape: families, default: { value: 'other', text: 'other' }, meaning: 'Which images and programs its kernel runs.' },
    { key: 'kernel', in: ['os'], shape: { kind: 'text' }, otherwise: 'unknown', meaning: 'Kernel version, as in "6.8".' },
    { key: 'memory', in: ['os'], shape: bytes(), default: zero, meaning: 'Memory it holds when idle.' },
    { key: 'disk', in: ['os'], shape: bytes(), default: zero, meaning: 'Disk space of an installation.' },
    { key: 'boot', in: ['os', 'hypervisor-type', 'engine-type'], shape: time(), default: zero, meaning: 'Latency of a boot.' },
    { key: 'boot-work', in: ['os', 'hypervisor-type'], shape: work(), default: zero, meaning: 'CPU work of a boot, beside the latency.' },
    { key: 'os', in: ['image'], shape: families, default: { value: 'linux', text: 'linux' }, meaning: 'The family of kernel that it needs.' },
    { key: 'arch', in: ['image'], shape: { kind: 'name' }, many: true, otherwise: 'any', meaning: 'An architecture that it is built for.' },
    { key: 'size', in: ['image'], shape: bytes(), default: zero, meaning: 'Disk space, once an engine.' },
    { key: 'kernel', in: ['image'], shape: { kind: 'text' }, otherwise: 'any', meaning: 'Kernel version that it needs, as in ">= 5.6".' },
    { key: 'build', in: ['image'], shape: { kind: 'text' }, otherwise: 'any', meaning: 'Windows build that it needs, as in "2022".' },

    // ------------------------------------------------------------ type hypervisor
    { key: 'class', in: ['hypervisor-type'], shape: words('native', 'hosted', 'kernel'), default: { value: 'kernel', text: 'kernel' }, meaning: 'A `native` one refuses a host `os`, a `hosted` one needs one, a `kernel` one works with one.' },
    { key: 'own-memory', in: ['hypervisor-type'], shape: bytes(), default: zero, meaning: 'Memory of the hypervisor itself.' },
    { key: 'memory', in: ['hypervisor-type'], shape: bytes(), default: zero, meaning: 'Memory that each VM costs beside its own: a base, and a part `per-vcpu` and `per-memory`.' },
    { key: 'memory-table', in: ['hypervisor-type'], shape: form('{ memory Q vcpus N Q … }'), meaning: "A vendor's table of that memory, linear between its points." },
    { key: 'cpu', in: ['hypervisor-type'], shape: share(), default: zero, meaning: 'Host CPU on top of each unit of guest CPU.' },
    { key: 'io', in: ['hypervisor-type'], shape: share(), default: zero, meaning: "What a guest's disk and network use costs the devices below on top of each unit." },
    { key: 'weight per', in: ['hypervisor-type'], shape: words('vm', 'vcpu'), default: { value: 'vm', text: 'vm' }, meaning: 'Whether a VM counts once in the share of CPU, or once for each vCPU.' },
    { key: 'reserve', in: ['hypervisor-type'], shape: words('guaranteed', 'admission'), default: { value: 'admission', text: 'admission' }, meaning: 'Whether a `cpu reserve` is a floor, or only checked for room.' },

    // ------------------------------------------------------------ type engine
    { key: 'runs', in: ['engine-type'], shape: form('FAMILY on FAMILY'), many: true, meaning: 'Images of the first family run on kernels of the second; in a virtual machine of its own where the two differ.' },
    { key: 'vm', in: ['engine-type'], shape: words('always', 'when-needed', 'never'), default: { value: 'never', text: 'never' }, meaning: 'Whether the engine brings a virtual machine for its Linux containers.' },
    // Docker Desktop gives its virtual machine half of the host's memory (docs.docker.com, Docker Desktop settings).
    { key: 'vm-memory', in: ['engine-type'], shape: share({ above: 0, max: 1 }), default: { value: 0.5, text: '50 %' }, meaning: "Size of that virtual machine as a share of the host's memory; without it as Docker Desktop's." },
    { key: 'vm-os', in: ['engine-type'], shape: { kind: 'definition', of: 'os' }, default: { value: 'linux', text: 'linux' }, meaning: 'The operating system inside that virtual machine.' },
    { key: 'memory', in: ['engine-type'], shape: bytes(), default: zero, meaning: 'Memory of the daemon.' },
    { key: 'memory per-container', in: ['engine-type'], shape: bytes(), default: zero, meaning: 'Memory that each container costs beside its processes.' },
    { key: 'runtime', in: ['engine-type'], shape: runtimes, default: { value: 'runc', text: 'runc' }, meaning: 'The runtime that it uses where nothing else is said.' },
    { key: 'daemon', in: ['engine-type'], shape: on, default: off, meaning: 'Whether containers need the daemon to live.' },
    { key: 'start', in: ['hypervisor-type'], shape: time(), default: zero, meaning: "From the request for a VM to its guest's first instruction." },
    { key: 'start-work', in: ['hypervisor-type'], shape: work(), default: zero, meaning: 'CPU work of that start on the host, for each VM.' },
    { key: 'start', in: ['engine-type'], shape: time(), default: zero, meaning: "Latency of a container's start." },
    { key: 'start-work', in: ['engine-type'], shape: work(), default: zero, meaning: "CPU work of a container's start." },

    // ------------------------------------------------------------ type runtime
    { key: 'class', in: ['runtime-type'], shape: words('namespace', 'sandbox', 'kernel'), default: { value: 'namespace', text: 'namespace' }, meaning: 'What stands between a container and the kernel below: `namespace`s of it, a `sandbox` that answers system calls, or a `kernel` of its own.' },
    { key: 'os', in: ['runtime-type'], shape: { kind: 'definition', of: 'os' }, default: { value: 'linux', text: 'linux' }, meaning: 'Whose programs it runs; with a kernel of its own, the system inside, whose idle memory and boot each container pays.' },
    { key: 'memory per-container', in: ['runtime-type'], shape: bytes(), default: zero, meaning: 'Memory that each container costs on top of what its engine type says.' },
    { key: 'cpu', in: ['runtime-type'], shape: share(), default: zero, meaning: "CPU on top of each unit that the container's processes get." },
    { key: 'start', in: ['runtime-type'], shape: time(), default: zero, meaning: "Latency of a container's start on top of what its engine type says." },
    { key: 'start-work', in: ['runtime-type'], shape: work(), default: zero, meaning: 'CPU work of that start on top of what its engine type says.' },

    // ------------------------------------------------------------ scenario
    { key: 'duration', in: ['scenario'], shape: time(positive), otherwise: 'until the last step has settled', meaning: 'How long the scenario runs, from the moment the hosts are switched on.' },
    { key: 'at', in: ['scenario'], shape: form('T fail|recover|stop|start|breach X · load X by N · set X … · migrate X to Y'), many: true, meaning: 'What happens at a time.' },
    { key: 'expect', in: ['scenario', 'file'], shape: form('LEFT OP RIGHT'), many: true, meaning: 'What must hold: in the steady state, or over the scenario.' },
    { key: 'let', in: ['file'], shape: form('NAME = EXPRESSION'), many: true, meaning: 'A name for a value.' },
    { key: 'import', in: ['file'], shape: { kind: 'text' }, many: true, meaning: 'A file that belongs to the same topology.' },
    { key: 'policy', in: ['file'], shape: words('cis-docker', 'pss-baseline', 'pss-restricted'), many: true, meaning: 'Turns on a set of rules.' },
];

/** The elements that may stand in a body, by its kind. */
export const childKinds: Readonly<Partial<Record<BodyKind, readonly (ElementKind | 'phase')[]>>> = {
    file: ['host'],
    host: ['disk', 'nic', 'hypervisor', 'engine', 'slice', 'process'],
    hypervisor: ['vm'],
    vm: ['disk', 'engine', 'hypervisor', 'slice', 'process'],
    engine: ['container', 'slice', 'pod'],
    slice: ['slice', 'container', 'pod', 'process'],
    pod: ['container'],
    container: ['process'],
    process: ['phase'],
};

const byKind = new Map<BodyKind, Map<string, StatementRule>>();
for (const rule of statementRules) {
    for (const kind of rule.in) {
        byKind.set(kind, (byKind.get(kind) ?? new Map<string, StatementRule>()).set(rule.key, rule));
    }
}
const listByKind = new Map([...byKind].map(([kind, rules]) => [kind, [...rules.values()]]));
const byKey = new Map(statementRules.map((rule) => [rule.key, statementRules.filter((other) => other.key === rule.key)]));

/** The statement of this key in a body of this kind. */
export const ruleFor = (kind: BodyKind, key: string): StatementRule | undefined => byKind.get(kind)?.get(key);

/** The statements of this key in whatever kind of body. */
export const rulesOfKey = (key: string): readonly StatementRule[] => byKey.get(key) ?? [];

/** The statements of a kind of body, in the order of the table. */
export const rulesOfKind = (kind: BodyKind): readonly StatementRule[] => listByKind.get(kind) ?? [];

/** What a kind of body is called in messages, with its article. */
export const bodyNames: Readonly<Record<BodyKind, string>> = {
    host: 'a host',
    disk: 'a disk',
    nic: 'a nic',
    hypervisor: 'a hypervisor',
    vm: 'a vm',
    engine: 'an engine',
    slice: 'a slice',
    pod: 'a pod',
    container: 'a container',
    process: 'a process',
    phase: 'a phase',
    'engine-vm': 'the vm of an engine',
    os: 'an os definition',
    image: 'an image definition',
    'hypervisor-type': 'a hypervisor type',
    'engine-type': 'an engine type',
    'runtime-type': 'a runtime type',
    scenario: 'a scenario',
    file: 'the top level of a file',
};
