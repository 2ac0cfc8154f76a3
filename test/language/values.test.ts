/** Values of chapter 3: zero, signs, lets in every place, and numbers in their context. */
import { describe, expect, test } from 'vitest';
import { elementId } from '#simulation/model/ids.ts';
import { lowerText, problemLines } from '../helpers/strata.ts';

const codes = (text: string): readonly string[] => lowerText(text).problems.map(({ code }) => code);
const host = (body: string): string => `host rack1 { cpu 8 memory 16 GiB os debian ${body} }`;

describe('zero', () => {
    test.each(['swap 0', 'boot 0', 'slice s { memory reserve 0 }', 'process p { memory 0 read 0 receive 0.0 }', 'swap (0)'])(
        'needs no unit in `%s`',
        (body) => {
            expect(problemLines(lowerText(host(body)))).toEqual([]);
        },
    );

    test.each(['memory.used >= 0', 'ready-at >= 0', 'io.granted >= 0', '0 <= rack1.memory.used', 'memory.used + 0 > 1 GiB'])(
        'needs no unit beside a quantity: %s',
        (condition) => {
            expect(problemLines(lowerText(`${host('')} expect ${condition.startsWith('0') ? '' : 'rack1.'}${condition}`))).toEqual([]);
        },
    );

    test('alone may do without: any other number needs the unit, and a share is no amount', () => {
        expect(codes(host('swap 1'))).toEqual(['wrong-unit']);
        expect(codes(host('swap 0 %'))).toEqual(['wrong-unit']);
        expect(codes(host('swap 0 cores'))).toEqual(['wrong-unit']);
        expect(codes('host rack1 { cpu 1 memory 0 }')).toEqual(['number-range']);
        expect(codes(`${host('')} expect rack1.memory.used > 1`)).toEqual(['dimension-mismatch']);
        expect(codes(`${host('')} expect rack1.memory.used > 0 %`)).toEqual(['dimension-mismatch']);
    });
});

describe('a sign', () => {
    test.each(['-500', '- 500', '(-500)', '(0 - 500)', '(-600 + 100)', 'less'])('is taken by `oom-score-adj %s`', (value) => {
        const { topology, problems } = lowerText(`let less = 0 - 500 ${host(`process p { oom-score-adj ${value} }`)}`);
        expect(problems).toEqual([]);
        expect(topology.elements.get(elementId('rack1.p'))).toMatchObject({ oomScoreAdj: -500 });
    });

    test.each([
        'let less = -5',
        'let less = 3 * (-5)',
        host('process p { cpu -1 }'),
        host('process p { cpu (-1 + 2) }'),
        host('slice s[-1]'),
        `${host('')} expect rack1.cpu.headroom >= -5 %`,
        `${host('')} scenario s { at -1 s fail rack1 }`,
        `${host('')} scenario s { at 1 s load rack1 by -1 }`,
    ])('is refused elsewhere: %s', (text) => {
        expect(codes(text)).toEqual([expect.stringMatching(/^(number-range|replica-count)$/)]);
    });
});

test('a number takes its unit by context, and the next word is the next statement', () => {
    const { topology, problems } = lowerText(
        'host a { cpu 8 memory 16GiB hypervisor xen { vm v { vcpus 2 memory 4 GiB cpu weight 200 cpu limit 1.5cores nested on } } }',
    );
    expect(problems).toEqual([]);
    expect(topology.elements.get(elementId('a.xen.v'))).toMatchObject({ vcpus: 2, memory: 4 * 2 ** 30, cpuWeight: 200, cpuLimit: 1.5, nested: true });
});

test('leading zeros are allowed, a unit on the next line is none', () => {
    expect(lowerText('host a { cpu 008 memory 01.50 GiB }').topology.elements.get(elementId('a'))).toMatchObject({ cpu: 8, memory: 1.5 * 2 ** 30 });
    expect(codes('host a { cpu 8 memory 16\nGiB }')).toEqual(['wrong-unit', 'unknown-statement']);
});

test('a let stands wherever a value does', () => {
    const lets = ['let c = 2', 'let m = 8 GiB', 'let t = 3 s', 'let r = 100 MB/s', 'let w = 200', 'let o = 150 %', 'let k = 100 k', 'let wk = 10 core-s'].join(
        '\n',
    );
    const text = `${lets}
        host h[c] {
            cpu (c * 4) memory m swap m boot t os debian
            disk d { size m iops k bandwidth r }
            nic n { bandwidth r }
            hypervisor kvm {
                overcommit cpu c overcommit memory o overhead cpu o overhead memory m own-memory m cpu weight w boot t
                vm v[c] { vcpus c memory m memory reserve m cpu weight w cpu limit c cpu reserve c boot t }
            }
            engine docker {
                cpu weight w boot t
                vm { vcpus c memory m }
                container x[(c + 1)] {
                    cpu weight w cpu limit c cpu reserve c cpu set 0-c,(c + 1) memory limit m memory reserve m memory swap m
                    pids limit k io weight w io limit r user w boot t
                    process p { threads c cpu c memory m read r write r iops k receive r send r dirty r oom-score-adj c repeat c
                        phase a { for t cpu c memory m to (m * 2) }
                        phase b { work wk }
                    }
                }
            }
        }
        os mine { memory m disk m boot t boot-work wk }
        image it { size m }
        type hypervisor hv { own-memory m memory m per-vcpu m per-memory o cpu o io o boot t boot-work wk start t start-work wk }
        type hypervisor listed { memory-table { memory m vcpus c m } }
        type engine eng { vm-memory (o / 2) memory m memory per-container m boot t start t start-work wk }
        scenario s {
            duration (t * 100)
            at t fail h[c]
            at (t + 1 s) load x by c
            at t set x cpu limit c
            at t set x cpu set 0-c
            expect at(t, x.cpu.granted) <= c
            expect x.cpu.granted <= c * 2
        }
        expect h[1].memory.used <= m
        expect h.cpu.overcommit <= o`;
    const { topology, problems } = lowerText(text);
    expect(problemLines({ problems } as ReturnType<typeof lowerText>)).toEqual([]);
    expect(topology.elements.get(elementId('h.docker.x'))).toMatchObject({ replicas: 3, cpuSet: [0, 1, 2, 3] });
});
