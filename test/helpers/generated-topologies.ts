/** Whole valid topologies as text, of every kind of element and most statements, for properties that hold of all of them. */
import fc from 'fast-check';

export interface GeneratedTopology {
    readonly text: string;
    /** The same, with the statements of every body in the opposite order; elements keep theirs, which has a meaning. */
    readonly reversed: string;
    /** Every element with its full path. */
    readonly elements: readonly { readonly path: string; readonly kind: Kind }[];
}

/** A topology without an error of the language. What the simulation says of it is open: it may be short of anything. */
export const generatedTopologies: fc.Arbitrary<GeneratedTopology> = fc
    .record({ hosts: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), seed: fc.nat() })
    .chain(({ hosts }) =>
        fc
            .record({
                hosts: fc.tuple(...hosts.map(() => host())),
                style: fc.infiniteStream(fc.constantFrom(' ', ' ', '\n', '\n\n', '\t', ' // why\n', ' /* what */ ')),
                pick: fc.infiniteStream(fc.nat({ max: 1_000_000 })),
            })
            .map(assemble),
    );

type Kind = 'host' | 'disk' | 'nic' | 'hypervisor' | 'vm' | 'engine' | 'slice' | 'pod' | 'container' | 'process';

interface Body {
    readonly kind: Kind | 'phase';
    /** Before `extends` or the body, with `NAME` where the name comes. */
    readonly head: string;
    readonly replicas?: string;
    readonly template?: string;
    readonly statements: readonly string[];
    readonly children: readonly Body[];
}

/** What values may refer to, and templates that any element may extend. */
const preamble = [
    'let few = 2',
    'let some-memory = 1 GiB + 512 MiB',
    'let a-while = min(90 s, 2 min) / 2',
    'template t-vm for vm { vcpus few  memory some-memory  slice base { process agent { memory 8 MiB } } }',
    'template t-vm2 for vm extends t-vm { cpu weight 300 }',
    'template t-container for container { memory limit some-memory  label tier "two"  process main { cpu 0.25 cores } }',
    'template t-process for process { threads few  memory 5 MiB }',
];

const gap = fc.constantFrom('', ' ', '  ');
const amount = (min: number, max: number): fc.Arbitrary<string> =>
    fc.oneof(
        fc.integer({ min, max }).map(String),
        fc.integer({ min: min * 4, max: max * 4 }).map((quarters) => `0${quarters / 4}`),
    );
const quantity = (min: number, max: number, ...units: readonly string[]): fc.Arbitrary<string> =>
    fc.tuple(amount(min, max), gap, fc.constantFrom(...units)).map((parts) => parts.join(''));
const orLet = (value: fc.Arbitrary<string>, name: string): fc.Arbitrary<string> =>
    fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom(name, `(${name} * 2)`, `max(${name}, ${name} / 2)`) });
const whole = (min: number, max: number): fc.Arbitrary<string> => orLet(fc.integer({ min, max }).map(String), 'few');
const memory = (max = 64): fc.Arbitrary<string> => orLet(quantity(1, max, 'GiB', 'MiB', 'MB', 'GB'), 'some-memory');
const cpu = (max = 8): fc.Arbitrary<string> => orLet(fc.oneof(quantity(1, max, 'cores'), quantity(1, max * 1000, 'mcores'), amount(1, max)), 'few');
const rate = quantity(1, 900, 'MB/s', 'MiB/s', 'Mbit/s', 'KB/s');
const time = orLet(quantity(1, 90, 's', 'ms', 'min'), 'a-while');
const onOff = fc.constantFrom('on', 'off');
const word = (...words: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...words);

/** Any of these statements, each at most once, and all that are required. */
function statements(
    required: Readonly<Record<string, fc.Arbitrary<string>>>,
    optional: Readonly<Record<string, fc.Arbitrary<string>>>,
): fc.Arbitrary<readonly string[]> {
    const written = ([key, value]: readonly [string, fc.Arbitrary<string>]): fc.Arbitrary<string> => value.map((text) => `${key} ${text}`);
    const chosen = Object.entries(optional).map((entry) => fc.option(written(entry), { nil: undefined, freq: 2 }));
    return fc
        .tuple(fc.tuple(...Object.entries(required).map(written)), fc.tuple(...chosen))
        .map(([first, rest]) => [...first, ...rest.flatMap((text) => text ?? [])]);
}

const several = (body: fc.Arbitrary<Body>, maxLength: number): fc.Arbitrary<readonly Body[]> => fc.array(body, { maxLength });
const label = { label: word('site "north"', 'vm "x"') };
const group = {
    'cpu weight': whole(1, 10_000),
    'cpu limit': cpu(),
    'memory limit': memory(),
    'pids limit': whole(1, 5000),
    'io weight': whole(1, 1000),
    'io limit': rate,
    'oom-group': onOff,
    ...label,
};
const demand = { cpu: cpu(), read: rate, write: rate, iops: word('400', '2 k'), receive: rate, send: rate, dirty: rate };
const replicas = fc.option(word('2', '1', 'few', 'few * 2 - 1', '0', '100000'), { nil: undefined, freq: 4 });

interface Parts {
    readonly kind: Body['kind'];
    readonly head?: fc.Arbitrary<string>;
    readonly replicas?: fc.Arbitrary<string | undefined>;
    readonly template?: fc.Arbitrary<string | undefined>;
    readonly statements: fc.Arbitrary<readonly string[]>;
    readonly children?: readonly fc.Arbitrary<readonly Body[]>[];
}

function body({ kind, head, replicas: count, template, statements: inside, children = [] }: Parts): fc.Arbitrary<Body> {
    const none = fc.constant(undefined);
    return fc
        .tuple(head ?? fc.constant(`${kind} NAME`), count ?? none, template ?? none, inside, fc.tuple(...children))
        .map(([written, number, extended, lines, inner]) => ({
            kind,
            head: written,
            ...(number === undefined ? {} : { replicas: number }),
            ...(extended === undefined ? {} : { template: extended }),
            statements: lines,
            children: inner.flat(),
        }));
}

const extending = (...names: readonly string[]): fc.Arbitrary<string | undefined> => fc.option(word(...names), { nil: undefined, freq: 3 });

const phase = body({
    kind: 'phase',
    statements: fc.oneof(
        statements({ for: time }, { ...demand, memory: word('1 GiB to 2 GiB', '5 MiB') }),
        statements({ work: quantity(1, 90, 'core-s', 'core-min') }, { ...demand, threads: whole(1, 9) }),
    ),
});
const process = body({
    kind: 'process',
    replicas,
    template: extending('t-process'),
    statements: statements(
        {},
        {
            ...demand,
            threads: whole(1, 9),
            memory: memory(8),
            'oom-score-adj': word('-500', '0', '1000'),
            autostart: onOff,
            repeat: word('forever', '3'),
            ...label,
        },
    ),
    children: [several(phase, 2)],
});
const container = body({
    kind: 'container',
    replicas,
    template: extending('t-container'),
    statements: statements(
        {},
        {
            ...group,
            image: word('nginx', '"docker.io/library/postgres:16"'),
            'memory swap': memory(),
            namespace: word('pid host', 'network own'),
            privileged: onOff,
            capability: word('drop ALL', 'add NET_ADMIN'),
            user: word('root', '1000'),
            seccomp: word('default', 'unconfined'),
            'read-only': onOff,
            mount: word('"/data"', '"/var/run/docker.sock" "/sock" ro'),
            device: word('"/dev/fuse"'),
            restart: word('always', 'on-failure', 'no'),
            boot: time,
            runtime: word('runc', 'gvisor'),
        },
    ),
    children: [several(process, 2)],
});
const pod = body({ kind: 'pod', replicas, statements: statements({}, group), children: [several(container, 2)] });
const slice = (insides: readonly fc.Arbitrary<readonly Body[]>[]): fc.Arbitrary<Body> =>
    body({ kind: 'slice', replicas, statements: statements({}, { ...group, 'cpu set': word('0', '0-1') }), children: insides });
const hostSlice = slice([several(process, 2), several(slice([several(process, 1)]), 1)]);
const engineSlice = slice([several(container, 1), several(pod, 1), several(process, 1)]);
const disk = body({ kind: 'disk', statements: statements({ size: quantity(1, 9, 'TB', 'GiB') }, { iops: word('400 k', '9000'), bandwidth: rate, ...label }) });
const nic = body({ kind: 'nic', statements: statements({}, { bandwidth: quantity(1, 40, 'Gbit/s'), ...label }) });
const engine = body({
    kind: 'engine',
    head: word('engine docker NAMED', 'engine podman NAMED', 'engine containerd NAMED'),
    statements: statements({}, { 'cpu weight': whole(1, 10_000), boot: time, runtime: word('crun', 'kata'), vm: word('{ vcpus 2  memory 2 GiB }'), ...label }),
    children: [several(container, 2), several(pod, 1), several(engineSlice, 1)],
});
const vm = body({
    kind: 'vm',
    replicas,
    template: extending('t-vm', 't-vm2'),
    statements: statements(
        { vcpus: whole(1, 16), memory: memory() },
        {
            'memory reserve': memory(1),
            'cpu weight': whole(1, 10_000),
            'cpu limit': cpu(),
            'cpu reserve': cpu(1),
            os: word('debian', 'alpine', 'ubuntu "24.04"', 'windows-server'),
            nested: onOff,
            boot: time,
            autostart: onOff,
            restart: word('always', 'no'),
            'host-failure': word('restart', 'stay'),
            ...label,
        },
    ),
    children: [several(disk, 1), several(engine, 1), several(hostSlice, 1), several(process, 1)],
});
const hypervisor = body({
    kind: 'hypervisor',
    head: word('hypervisor kvm NAMED', 'hypervisor qemu NAMED', 'hypervisor xen NAMED'),
    statements: statements(
        {},
        {
            'overcommit cpu': word('4', '150 %', '1.5'),
            'overcommit memory': word('2', '120 %'),
            'overhead cpu': word('2 %'),
            'overhead memory': quantity(1, 90, 'MiB'),
            'own-memory': quantity(1, 90, 'MiB'),
            balloon: onOff,
            'cpu weight': whole(1, 10_000),
            boot: time,
            ...label,
        },
    ),
    children: [several(vm, 2)],
});

function host(): fc.Arbitrary<Body> {
    return body({
        kind: 'host',
        replicas,
        statements: statements({ cpu: cpu(128), memory: memory(900) }, { swap: memory(), os: word('debian', 'linux', 'ubuntu "24.04"'), boot: time, ...label }),
        children: [several(disk, 2), several(nic, 1), several(hypervisor, 2), several(engine, 2), several(hostSlice, 1), several(process, 2)],
    });
}

/** Words that are also keywords are names like others. */
const names = ['web', 'db', 'memory', 'load', 'set', 'a-b', '_x', 'host'];

interface Written {
    readonly hosts: readonly Body[];
    readonly style: fc.Stream<string>;
    readonly pick: fc.Stream<number>;
}

function assemble({ hosts, style, pick }: Written): GeneratedTopology {
    const chosen: number[] = [];
    const elements: { path: string; kind: Kind }[] = [];
    const write = (order: (lines: readonly string[]) => readonly string[]): string => {
        const blanks = style;
        const blank = (): string => blanks.next().value ?? ' ';
        let number = 0;
        const nameAt = (place: number): string => {
            chosen[number] ??= pick.next().value ?? 0;
            const name = names[(chosen[number++] ?? 0) % names.length] ?? 'x';
            return place === 0 ? name : `${name}${place}`;
        };
        const print = ({ kind, head, replicas: count, template, statements: lines, children }: Body, parent: string, place: number): string => {
            const type = / (\S+) NAMED$/.exec(head)?.[1];
            // The first of a parent's children may go by its type; the others need names of their own.
            const name = type !== undefined && place === 0 ? type : nameAt(place);
            const path = parent === '' ? name : `${parent}.${name}`;
            if (kind !== 'phase' && !elements.some((element) => element.path === path)) {
                elements.push({ path, kind });
            }
            const start = head.replace('NAMED', name === type ? '' : `as ${name}`).replace('NAME', name);
            const inner = [...order(lines), ...children.map((child, index) => print(child, path, index))];
            const extended = template === undefined ? '' : ` extends ${template}`;
            return `${start}${count === undefined ? '' : `[${count}]`}${extended} {${blank()}${inner.map((line) => `${line}${blank()}`).join(' ')}}`;
        };
        return [...preamble, ...hosts.map((one, index) => print(one, '', index)), ...questions(elements)].map((part) => `${part}\n`).join(blank());
    };
    const text = write((lines) => lines);
    return { text, reversed: write((lines) => [...lines].reverse()), elements };
}

/** What is asked of the first few elements, by their whole paths. */
function questions(elements: GeneratedTopology['elements']): readonly string[] {
    const measured = elements.filter(({ kind }) => kind !== 'disk' && kind !== 'nic').slice(0, 4);
    const steps = measured.map(({ path }, index) => `at ${index + 1} s ${['fail', 'recover', 'stop', 'start'][index] ?? 'fail'} ${path}`);
    return [
        ...measured.map(({ path }) => `expect not ${path}.cpu.granted < 0 and sum(${path}.memory.used) >= 0 or ${path}.ready-at < 5 min`),
        `scenario load { duration a-while ${steps.join(' ')} }`,
    ];
}
