/** Conditions on the steady state. */
import { describe, expect, it } from 'vitest';
import type { ArithmeticOperator } from '#simulation/model/dimensions.ts';
import type { Comparison, Condition, Measure, MetricName } from '#simulation/model/expectation.ts';
import { elementId, type InstanceSet } from '#simulation/model/ids.ts';
import { bytes, cores } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import { container, engine, GiB, host, hypervisor, process as job, topology, vm } from './topology-builder.ts';

const set = (element: string, ...ranges: InstanceSet['ranges']): InstanceSet => ({ element: elementId(element), ranges });
const metric = (element: string, name: MetricName): Measure => ({ kind: 'metric', of: set(element), metric: name });
const number = (value: number): Measure => ({ kind: 'number', value, dimension: 'number' });
const seconds = (value: number): Measure => ({ kind: 'number', value, dimension: 'time' });
const arithmetic = (left: Measure, operator: ArithmeticOperator, right: Measure): Measure => ({ kind: 'arithmetic', operator, left, right });
const compare = (left: Measure, operator: Comparison, right: Measure): Condition => ({ kind: 'compare', operator, left, right });
const boundary = (a: string, b: string): Measure => ({ kind: 'boundary', from: set(a), to: set(b) });

const hosts = [
    host('h', { cpu: cores(4), memory: bytes(8 * GiB) }, [
        engine('docker', {}, [
            container('web', { replicas: 3, cpuLimit: cores(0.5) }, [job('p', { cpu: cores(1), memory: bytes(GiB) })]),
            container('none', { replicas: 0 }, [job('p', { cpu: cores(1) })]),
            container('dark', {}),
        ]),
        hypervisor('kvm', {}, [vm('v', { vcpus: 1, memory: bytes(GiB) }, [job('q', { cpu: cores(0.5) })])]),
    ]),
];

/** Judges one condition; `true` where it holds. */
function judged(condition: Condition) {
    const result = simulate(topology(hosts, {}, [condition]));
    const [judgement] = result.expectations;
    if (judgement === undefined) throw new Error('not judged at all');
    return { judgement, findings: result.findings.filter(({ expectation }) => expectation !== undefined).map(({ code, message }) => ({ code, message })) };
}

const web = 'h.docker.web';

describe('an expectation', () => {
    it.each<[string, Condition, boolean, number | string]>([
        ['granted', compare(metric(web, 'cpu.granted'), '==', { kind: 'number', value: 0.5, dimension: 'cpu' }), true, 0.5],
        ['unmet', compare(metric(web, 'cpu.unmet'), '<', number(0.4)), false, 0.5],
        ['headroom', compare(metric('h', 'memory.headroom'), '>=', number(0.5)), true, 1 - 3 / 8],
        [
            'a sum over replicas',
            compare({ kind: 'aggregate', function: 'sum', arguments: [metric(web, 'cpu.granted')] }, '==', { kind: 'number', value: 1.5, dimension: 'cpu' }),
            true,
            1.5,
        ],
        [
            'a mean',
            compare({ kind: 'aggregate', function: 'mean', arguments: [metric(web, 'cpu.granted'), metric('h.kvm.v', 'cpu.granted')] }, '==', {
                kind: 'number',
                value: 0.5,
                dimension: 'cpu',
            }),
            true,
            0.5,
        ],
        [
            'a maximum',
            compare({ kind: 'aggregate', function: 'max', arguments: [metric(web, 'cpu.demand'), metric('h.kvm.v', 'cpu.demand')] }, '==', {
                kind: 'number',
                value: 1,
                dimension: 'cpu',
            }),
            true,
            1,
        ],
        ['a count', compare({ kind: 'count', of: set(web, { first: 2, last: 9 }) }, '==', number(2)), true, 2],
        [
            'arithmetic',
            compare({ kind: 'arithmetic', operator: '/', left: metric(web, 'cpu.granted'), right: metric(web, 'cpu.demand') }, '==', number(0.5)),
            true,
            0.5,
        ],
        ['a boundary', compare(boundary(web, 'h.kvm.v.q'), '>=', { kind: 'wall', wall: 'kernel' }), false, 'namespace'],
        ['a boundary between all pairs', compare(boundary(web, web), '==', { kind: 'wall', wall: 'namespace' }), true, 'namespace'],
    ])('compares %s', (_, condition, holds, actual) => {
        const { judgement, findings } = judged(condition);
        expect(judgement.holds).toBe(holds);
        if (typeof actual === 'number') expect(judgement.actual).toBeCloseTo(actual, 12);
        else expect(judgement.actual).toBe(actual);
        expect(findings.map(({ code }) => code)).toEqual(holds ? [] : ['expectation-failed']);
    });

    it.each<[string, Measure, string]>([
        ['CPU held for a time', arithmetic(metric(web, 'cpu.granted'), '*', seconds(10)), '5 core-s'],
        ['a plain number beside CPU', arithmetic(number(2), '+', metric(web, 'cpu.granted')), '2.5 cores'],
        ['the larger of a plain number and CPU', { kind: 'aggregate', function: 'max', arguments: [number(2), metric(web, 'cpu.granted')] }, '2 cores'],
        ['memory over a time', arithmetic(metric(web, 'memory.used'), '/', seconds(GiB / 1e6)), '1 MB/s'],
        ['a ratio', arithmetic(metric(web, 'cpu.granted'), '/', metric('h', 'cpu.granted')), '0.25'],
    ])('names %s in its own unit', (_, left, shown) => {
        const { findings } = judged(compare(left, '<', number(0)));
        expect(findings).toEqual([{ code: 'expectation-failed', message: `\`…\` does not hold: it is ${shown}.` }]);
    });

    it('holds of an empty set, whatever it says', () => {
        expect(judged(compare(metric('h.docker.none', 'cpu.granted'), '>', number(1e9))).judgement.holds).toBe(true);
    });

    it.each<[string, Condition]>([
        ['a metric that is unknown', compare(metric('h.docker.dark', 'cpu.demand'), '<', number(1))],
        ['its negation', { kind: 'not', term: compare(metric('h.docker.dark', 'cpu.demand'), '<', number(1)) }],
        ['a metric of the course of time', compare(metric(web, 'oom-kills'), '==', number(0))],
        ['a division by 0', compare({ kind: 'arithmetic', operator: '/', left: number(1), right: number(0) }, '>', number(0))],
        ['the mean of nothing', compare({ kind: 'aggregate', function: 'mean', arguments: [metric('h.docker.none', 'cpu.granted')] }, '>', number(0))],
    ])('fails on %s, and says so', (_, condition) => {
        const { judgement, findings } = judged(condition);
        expect(judgement).toMatchObject({ holds: false, because: expect.any(String) });
        expect(findings).toMatchObject([{ code: 'expectation-failed', message: expect.stringContaining(judgement.because ?? '?') }]);
    });

    it('combines conditions', () => {
        const yes = compare(number(1), '==', number(1));
        const no = compare(number(1), '>', number(1));
        const open = compare({ kind: 'at', time: 1, measure: number(1) }, '==', number(1));
        const holds = (condition: Condition) => judged(condition).judgement.holds;
        expect(holds({ kind: 'and', terms: [yes, yes] })).toBe(true);
        expect(holds({ kind: 'and', terms: [yes, no] })).toBe(false);
        expect(holds({ kind: 'or', terms: [no, yes] })).toBe(true);
        expect(holds({ kind: 'or', terms: [no, no] })).toBe(false);
        expect(holds({ kind: 'not', term: no })).toBe(true);
        expect(holds({ kind: 'or', terms: [open, yes] })).toBe(true);
        expect(judged({ kind: 'and', terms: [open, no] }).judgement.unjudged).toBeUndefined();
    });

    it('without a value fails whichever way and in whichever order it is asked, unless another term settles it', () => {
        const missing = compare(metric('h.docker.dark', 'cpu.demand'), '>', number(1));
        const [yes, no] = [compare(number(1), '==', number(1)), compare(number(1), '==', number(2))];
        const judgedBothWays = (kind: 'and' | 'or', other: Condition) =>
            [
                [missing, other],
                [other, missing],
            ].flatMap((terms): boolean[] => {
                const term: Condition = { kind, terms };
                return [judged(term).judgement.holds, judged({ kind: 'not', term }).judgement.holds];
            });
        expect(judgedBothWays('and', yes)).toEqual([false, false, false, false]);
        expect(judgedBothWays('and', no)).toEqual([false, true, false, true]);
        expect(judgedBothWays('or', yes)).toEqual([true, false, true, false]);
        expect(judgedBothWays('or', no)).toEqual([false, false, false, false]);
    });

    it('about what is not simulated neither holds nor fails', () => {
        const { judgement, findings } = judged({ kind: 'not', term: compare({ kind: 'over-time-mean', measure: metric(web, 'cpu.granted') }, '>', number(1)) });
        expect(judgement).toMatchObject({ holds: false, unjudged: true });
        expect(findings.map(({ code }) => code)).toEqual(['expectation-unjudged']);
        expect(findings[0]?.message).toContain('needs a scenario');
    });

    it.each<MetricName>(['finished-at', 'downtime', 'oom-kills', 'restarts'])(
        'about %s, which is counted over a run, says that it needs a scenario',
        (name) => {
            const { judgement } = judged(compare(metric(web, name), '<=', number(0)));
            expect(judgement).toMatchObject({ holds: false, because: expect.stringContaining('needs a scenario') });
            expect(judgement.unjudged).toBeUndefined();
        },
    );
});
