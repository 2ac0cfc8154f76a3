/** Names and paths: short forms, replicas, look-up from inside, aliases, templates, and where every name stands. */
import { describe, expect, test } from 'vitest';
import type { Lowered } from '#language/lowering/lower.ts';
import { occurrencesAt, sameNamed, targetKey } from '#language/occurrences.ts';
import { elementId, type InstanceSet } from '#simulation/model/ids.ts';
import type { Container, Process } from '#simulation/model/topology.ts';
import { lowerText, lowerTexts, problemLines, testUri } from '../helpers/strata.ts';

const host = (name: string, body: string): string => `host ${name} { cpu 8 memory 16 GiB os debian ${body} }\n`;

/** What the path on the left of the first expectation means. */
function meaning(text: string): InstanceSet | undefined {
    const { topology, problems } = lowerText(text);
    expect(problemLines({ problems } as Lowered)).toEqual([]);
    const condition = topology.expectations[0]?.condition;
    return condition?.kind === 'compare' && condition.left.kind === 'metric' ? condition.left.of : undefined;
}
const container = (lowered: Lowered, id: string): Container => {
    const element = lowered.topology.elements.get(elementId(id));
    if (element?.kind !== 'container') {
        throw new Error(`${id} is no container: ${[...lowered.topology.elements.keys()].join(' ')}`);
    }
    return element;
};

describe('a path', () => {
    const estate = host(
        'rack1',
        'hypervisor kvm { vm db { vcpus 1 memory 1 GiB engine docker { container postgres[3] { process server } } } } engine docker { container web }',
    );

    test.each(['rack1.kvm.db.docker.postgres', 'postgres', 'db.postgres', 'kvm.postgres', 'rack1.docker.postgres'])(
        '%s is any sub-sequence that ends at the element',
        (path) => {
            expect(meaning(`${estate} expect ${path}.memory.used < 1 GiB`)).toEqual({
                element: 'rack1.kvm.db.docker.postgres',
                ranges: [{ first: 1, last: 3 }],
            });
        },
    );

    test('means the outermost where one candidate contains the others', () => {
        expect(meaning(`${host('a', 'slice web { slice web { process web } }')} expect web.memory.used < 1 GiB`)?.element).toBe('a.web');
    });

    test('that is whole means its element, even where it is a sub-sequence of a longer one', () => {
        expect(meaning(`${host('a', 'slice s { process p } process p')} expect a.p.memory.used < 1 GiB`)?.element).toBe('a.p');
    });

    test('out of order names nothing', () => {
        expect(problemLines(lowerText(`${estate} expect postgres.db.memory.used < 1 GiB`))).toHaveLength(1);
    });

    test.each([
        ['postgres[2]', { first: 2, last: 2 }],
        ['postgres[2..3]', { first: 2, last: 3 }],
        ['postgres[n - 1]', { first: 2, last: 2 }],
        ['postgres[(1 + 2)]', { first: 3, last: 3 }],
    ])('%s chooses replicas', (path, range) => {
        expect(meaning(`let n = 3 ${estate} expect ${path}.memory.used < 1 GiB`)?.ranges).toEqual([range]);
    });

    test('has a range for each replicated level', () => {
        expect(meaning(`${host('a[4]', 'slice s[2] { slice t { process p[3] } }')} expect a[2].p[1..2].memory.used < 1 GiB`)?.ranges).toEqual([
            { first: 2, last: 2 },
            { first: 1, last: 2 },
            { first: 1, last: 2 },
        ]);
    });

    test('ends where the longest metric begins', () => {
        expect(meaning(`${host('memory', 'slice cpu { process ready-at }')} expect memory.memory.headroom > 0`)?.element).toBe('memory');
        expect(meaning(`${host('memory', 'slice cpu { process ready-at }')} expect cpu.ready-at.ready-at > 0 s`)?.element).toBe('memory.cpu.ready-at');
    });

    test('names the virtual machine that an engine brings along', () => {
        expect(meaning(`host mac[2] { cpu 8 memory 16 GiB os macos engine docker { container web } } expect mac[1].docker.vm.memory.used < 1 GiB`)).toEqual({
            element: 'mac.docker.vm',
            ranges: [{ first: 1, last: 1 }],
        });
    });

    test('that is ambiguous lists paths that are not', () => {
        const text = `${estate}${host('rack2', 'hypervisor kvm { vm db { vcpus 1 memory 1 GiB } }')}`;
        const [problem] = lowerText(`${text} expect db.memory.used < 1 GiB`).problems;
        expect(problem?.facts['candidates']).toEqual(['rack1.db', 'rack2.db']);
        for (const path of ['rack1.db', 'rack2.db']) {
            expect(problemLines(lowerText(`${text} expect ${path}.memory.used < 1 GiB`))).toEqual([]);
        }
    });
});

describe('a path inside an element', () => {
    test('is looked up from the innermost level outwards', () => {
        const lowered = lowerText(host('a', 'engine docker { slice s { container db container web { after db } } container db container far { after db } }'));
        expect(problemLines(lowered)).toEqual([]);
        expect(container(lowered, 'a.docker.s.web').after.map((set) => set.element)).toEqual(['a.docker.s.db']);
        expect(container(lowered, 'a.docker.far').after.map((set) => set.element)).toEqual(['a.docker.db']);
    });

    test('leaves replicas of common ancestors whole, which means one’s own', () => {
        const lowered = lowerText(host('a[2]', 'engine docker { container db[3] container web { after db[2] namespace network db } }'));
        expect(container(lowered, 'a.docker.web').after).toEqual([
            {
                element: 'a.docker.db',
                ranges: [
                    { first: 1, last: 2 },
                    { first: 2, last: 2 },
                ],
            },
        ]);
        expect(container(lowered, 'a.docker.web').namespaces.network).toEqual({
            kind: 'container',
            of: {
                element: 'a.docker.db',
                ranges: [
                    { first: 1, last: 2 },
                    { first: 1, last: 3 },
                ],
            },
        });
    });

    test('finds the disks of what the process stands in', () => {
        const { topology, problems } = lowerText(
            host(
                'a',
                'disk d { size 1 TB } process p { disk d } hypervisor kvm { vm v { vcpus 1 memory 1 GiB disk d { size 1 GB } slice s { process q { disk d } } } }',
            ),
        );
        expect(problems).toEqual([]);
        expect([...topology.elements.values()].filter((element): element is Process => element.kind === 'process').map((element) => element.disk)).toEqual([
            'a.d',
            'a.kvm.v.d',
        ]);
    });
});

describe('declared names', () => {
    test('of engines and hypervisors are their type or their alias', () => {
        const { topology, problems } = lowerText(host('a', 'engine docker { container web } engine docker as ci { container web } hypervisor kvm as second'));
        expect(problems).toEqual([]);
        expect([...topology.elements.keys()]).toEqual(['a', 'a.docker', 'a.docker.web', 'a.ci', 'a.ci.web', 'a.second']);
    });

    test('may be any word of the language', () => {
        const words = ['memory', 'load', 'vcpus', 'expect', 'at', 'let', 'not', 'and', 'or', 'on', 'extends', 'to', 'min', 'host'];
        const { topology, problems } = lowerText(
            host('host', words.map((word) => `process ${word} { cpu 0.1 }`).join(' ')) +
                words
                    .filter((word) => !['not', 'and', 'or'].includes(word))
                    .map((word) => `expect host.${word}.cpu.demand > 0\n`)
                    .join(''),
        );
        expect(problems).toEqual([]);
        expect(topology.elements.size).toBe(words.length + 1);
        expect(topology.expectations).toHaveLength(words.length - 3);
    });

    test('of files that belong together are unique, of others free', () => {
        expect(problemLines(lowerTexts({ 'a.strata': `import "b.strata" ${host('x', '')}`, 'b.strata': host('x', '') }))).toHaveLength(1);
        expect(problemLines(lowerTexts({ 'a.strata': host('x', ''), 'b.strata': host('x', '') }))).toEqual([]);
    });
});

describe('templates', () => {
    test('come first, bodies replace by key, children merge by name', () => {
        const lowered =
            lowerText(`template base for container { cpu limit 1 memory limit 1 GiB label a "1" label b "2" mount "/x" process p { cpu 1 memory 1 MiB } }
            template web for container extends base { cpu limit 2 process p { cpu 2 } process q }
            ${host('a', 'engine docker { container c extends web { label a "3" mount "/y" process p { threads 4 } } }')}`);
        expect(problemLines(lowered)).toEqual([]);
        expect(container(lowered, 'a.docker.c')).toMatchObject({
            cpuLimit: 2,
            memoryLimit: 2 ** 30,
            labels: { a: '3', b: '2' },
            mounts: [{ source: '/x' }, { source: '/y' }],
        });
        expect(lowered.topology.elements.get(elementId('a.docker.c.p'))).toMatchObject({ cpu: 2, memory: 2 ** 20, threads: 4 });
        expect(container(lowered, 'a.docker.c').children).toEqual(['a.docker.c.p', 'a.docker.c.q']);
    });

    test('of every kind of element are read', () => {
        const kinds = ['host', 'disk', 'nic', 'hypervisor', 'vm', 'engine', 'slice', 'pod', 'container', 'process', 'phase'];
        expect(problemLines(lowerText(kinds.map((kind) => `template t-${kind} for ${kind} { }`).join('\n')))).toEqual([]);
    });
});

describe('occurrences', () => {
    const text = `let size = 1 GiB
template base for container { memory limit size process p }
host rack1 { cpu 8 memory 16 GiB os debian engine docker { container a extends base container b extends base { after a } } }
expect rack1.a.p.memory.used < 1 GiB
`.replaceAll('size', 'room');
    const { occurrences } = lowerText(text);
    const at = (needle: string, skip = 0): { readonly line: number; readonly character: number } => {
        const offset = [...text.matchAll(new RegExp(`\\b${needle}\\b`, 'g'))][skip]?.index ?? -1;
        const before = text.slice(0, offset).split('\n');
        return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    };
    const targetsAt = (needle: string, skip = 0): readonly string[] => {
        const { line, character } = at(needle, skip);
        return occurrencesAt(occurrences, testUri, line, character).map((occurrence) => `${occurrence.role} ${targetKey(occurrence.target)}`);
    };

    test('cover lets, templates, types, systems, elements, and each step of a path', () => {
        expect(targetsAt('room')).toEqual(['definition let room']);
        expect(targetsAt('room', 1)).toEqual(['reference let room']);
        expect(targetsAt('base', 1)).toEqual(['reference template base']);
        expect(targetsAt('docker')).toEqual(expect.arrayContaining(['definition element rack1.docker', 'reference engine-type docker']));
        expect(targetsAt('debian')).toEqual(['reference os debian']);
        expect(targetsAt('a', 1)).toEqual(['reference element rack1.docker.a']);
        expect([0, 1].map((skip) => targetsAt('rack1', skip))).toEqual([['definition element rack1'], ['reference element rack1']]);
        expect(targetsAt('p', 1)).toEqual(['reference element rack1.docker.a.p']);
    });

    test('of what one template makes belong together', () => {
        const { line, character } = at('p', 0);
        const targets = occurrencesAt(occurrences, testUri, line, character).map((occurrence) => occurrence.target);
        expect(targets.map((target) => target.name)).toEqual(['rack1.docker.a.p', 'rack1.docker.b.p']);
        expect(sameNamed(occurrences, targets.slice(0, 1)).map((occurrence) => occurrence.at.start)).toEqual([at('p', 0), at('p', 1)]);
    });
});
