/** Expectations of chapter 7: what binds stronger, what a path ends with, what is compared with what. */
import { describe, expect, test } from 'vitest';
import { type MetricName, metricDimensions } from '#simulation/model/expectation.ts';
import { simulate } from '#simulation/simulate.ts';
import { lowerText, problemLines } from '../helpers/strata.ts';

const estate = `
    host h[2] {
        cpu 8 memory 8 GiB os debian
        engine docker {
            container a[2] { memory limit 1 GiB process p { cpu 1 memory 10 MiB } }
            container b[3] { cpu limit 1 process q { cpu 2 } }
        }
    }
    host memory { cpu 8 memory 8 GiB hypervisor xen { vm memory { vcpus 1 memory 1 GiB } } }`;

/** Whether the expectation holds, or what is wrong with it. */
function judge(condition: string): boolean | readonly string[] | undefined {
    const lowered = lowerText(`${estate}\nexpect ${condition}`);
    return lowered.problems.length > 0 ? problemLines(lowered) : simulate(lowered.topology).expectations[0]?.holds;
}
const yes = '1 < 2';
const no = '2 < 1';

describe('operators', () => {
    test.each([
        [`not ${no} and ${yes}`, true],
        [`not ${yes} and ${no}`, false],
        [`not ${yes} or ${yes}`, true],
        [`not (${yes} or ${yes})`, false],
        [`${yes} or ${yes} and ${no}`, true],
        [`(${yes} or ${yes}) and ${no}`, false],
        [`${no} and ${no} or ${yes}`, true],
        [`${no} and (${no} or ${yes})`, false],
        [`not not ${yes}`, true],
        [`not not not ${yes}`, false],
        [`((${yes}))`, true],
        ['1 + 2 * 3 == 7', true],
        ['(1 + 2) * 3 == 9', true],
        ['10 - 4 - 3 == 3', true],
        ['8 / 4 / 2 == 1', true],
        ['2 - 1 + 1 == 2', true],
    ])('%s is %s', (condition, holds) => {
        expect(judge(condition)).toBe(holds);
    });

    test.each([
        ['==', false, true, false],
        ['!=', true, false, true],
        ['<', true, false, false],
        ['<=', true, true, false],
        ['>', false, false, true],
        ['>=', false, true, true],
    ])('%s compares', (operator, less, equal, more) => {
        expect([judge(`1 ${operator} 2`), judge(`2 ${operator} 2`), judge(`3 ${operator} 2`)]).toEqual([less, equal, more]);
    });
});

describe('a set', () => {
    test.each([
        'a.cpu.granted == 1',
        'a.cpu.granted == b.cpu.granted',
        'a.cpu.granted <= b.cpu.demand',
        'count(a) == 4',
        'count(h[1].a) == 2',
        'count(h[1..2].docker.a[2]) == 2',
        'count(b) == 6',
        'sum(a.cpu.granted) + sum(b.cpu.granted) == 10 cores',
        'sum(h.cpu.granted) == 10',
        'mean(a.cpu.granted) == 1',
        'min(a.cpu.granted) == max(a.cpu.granted)',
        'max(sum(a.cpu.granted), sum(b.cpu.granted)) == 6',
        'b.cpu.throttled == 50 %',
        'b.cpu.throttled == 0.5',
        'b.cpu.unmet == 1 / 2',
        'a.memory.limit == 1024 MiB',
        'sum(a.memory.limit) / 4 == 1 GiB',
        'h.cpu.granted / h.cpu.capacity > 60 %',
        'boundary(h[1].a, h[1].b) == namespace',
        'namespace == boundary(h[1].a[1], h[1].a[2])',
        'boundary(h[1].a, h[2].a) == machine',
        'boundary(h[1].a, h[1].b) < sandbox',
    ])('%s', (condition) => {
        expect(judge(condition)).toBe(true);
    });

    test.each(['a.cpu.granted < b.cpu.granted', 'h.cpu.headroom > 50 %', 'boundary(a, b) >= kernel', 'a.cpu.limit > 0', 'h.cpu.throttled.x > 0'])(
        '%s does not hold, or says why it makes no sense',
        (condition) => {
            expect(judge(condition)).not.toBe(true);
        },
    );
});

test.each([
    ['kernel <= boundary(h[1].a, h[1].b)', false, 'namespace'],
    ['15 % <= h[1].cpu.headroom', true, 0.375],
    ['h[1].cpu.headroom >= 15 %', true, 0.375],
    ['6 > count(a)', true, 4],
])('the actual value of %s is what was measured', (condition, holds, actual) => {
    const [judged] = simulate(lowerText(`${estate}\nexpect ${condition}`).topology).expectations;
    expect(judged).toMatchObject({ holds, actual });
});

test('a path ends where the longest metric begins, whatever elements are called', () => {
    const path = (text: string): unknown => {
        const condition = lowerText(`${estate}\nexpect ${text} >= 0`).topology.expectations[0]?.condition;
        return condition?.kind === 'compare' && condition.left.kind === 'metric' ? `${condition.left.of.element} ${condition.left.metric}` : undefined;
    };
    expect(path('memory.memory.headroom')).toBe('memory memory.headroom');
    expect(path('memory.memory.memory.headroom')).toBe('memory.xen.memory memory.headroom');
    expect(path('memory.ready-at')).toBe('memory ready-at');
    expect(path('xen.memory.ready-at')).toBe('memory.xen.memory ready-at');
    expect(path('xen.memory.used')).toBe('memory.xen memory.used');
});

test.each(Object.keys(metricDimensions) as readonly MetricName[])('.%s is read', (metric) => {
    expect(problemLines(lowerText(`${estate}\nexpect a.${metric} >= 0`))).toEqual([]);
});

test.each([
    ['h.cpu > 3', /no such metric.*`cpu\.capacity`/],
    ['h.memory > 3', /no such metric.*`memory\.capacity`/],
    ['h.cpu.grant > 3', /no such metric.*`cpu\.granted`/],
    ['h.speed > 3', /`speed` is no metric, no element and no let/],
    ['h > 3', /`h` has no metric at its end/],
    ['cpu.granted > 3', /Put its path in front/],
    ['h.cpu.granted', /no condition/],
    ['count(h)', /no condition/],
    ['h.cpu.granted > 3 GiB', /can't compare these: CPU and memory/],
    ['boundary(a, b) > 3', /compares with a wall/],
    ['boundary(a) > kernel', /takes the path of an element/],
    ['sum(a) > 3', /has no metric at its end/],
    ['reaches(a, b, far)', /is a wall/],
    ['survives(0 hosts)', /survives\(1 host\)/],
    ['mean(a.cpu.granted, a.memory.used) > 1', /values of one quantity/],
    ['at(a.ready-at, a.cpu.granted) > 1', /takes a time and a metric/],
])('%s is told what is wrong', (condition, message) => {
    const lines = problemLines(lowerText(`${estate}\nexpect ${condition}`));
    expect(lines).toEqual([expect.stringMatching(message)]);
});

test.each(['reaches(a, b)', 'reaches(a, b, kernel)', 'not reaches(a, b) or survives(1 host)', 'survives(2 hosts)', 'survives(1)'])(
    '%s is a condition',
    (condition) => {
        expect(problemLines(lowerText(`${estate}\nexpect ${condition}`))).toEqual([]);
    },
);
