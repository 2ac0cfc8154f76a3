/** Scenarios of chapter 6: every form of a step, and what it may be done to. */
import { expect, test } from 'vitest';
import { errorsOf, lowerText, problemLines } from '../helpers/strata.ts';

const estate = `
    host h {
        cpu 16 memory 64 GiB os debian
        disk d { size 1 TB }
        nic n { bandwidth 1 Gbit/s }
        slice s { process q }
        process etl { phase a { for 1 min } }
        hypervisor kvm { vm v[2] { vcpus 2 memory 2 GiB } }
        engine docker { container c[2] { process p } pod g { container k } }
    }
    host other { cpu 16 memory 64 GiB hypervisor xen }
    let t = 1 min`;
const steps = (text: string): ReturnType<typeof lowerText> => lowerText(`${estate}\nscenario it { duration 5 min\n${text}\n}`);

test.each([
    ['at 0 s fail h', { at: 0, kind: 'fail', target: { element: 'h' } }],
    ['at 0 s fail d', { kind: 'fail', target: { element: 'h.d' } }],
    ['at 1.5 s recover h.docker', { at: 1.5, kind: 'recover', target: { element: 'h.docker' } }],
    ['at t stop v', { at: 60, kind: 'stop', target: { ranges: [{ first: 1, last: 2 }] } }],
    ['at (t + 1 s) start v[2]', { at: 61, kind: 'start', target: { ranges: [{ first: 2, last: 2 }] } }],
    ['at 1 s load c by 3', { kind: 'load', by: 3, memory: false }],
    ['at 1 s load c[1] by 150 %', { kind: 'load', by: 1.5, memory: false }],
    ['at 1 s load c by 0.5 memory', { kind: 'load', by: 0.5, memory: true }],
    ['at 1 s set c cpu limit 500 mcores', { kind: 'set', statement: 'cpu limit', value: 0.5 }],
    ['at 1 s set c memory limit 1 GiB', { kind: 'set', statement: 'memory limit', value: 2 ** 30 }],
    ['at 1 s set c cpu set 0-1,4', { kind: 'set', statement: 'cpu set', value: [0, 1, 4] }],
    ['at 1 s set v vcpus 4', { kind: 'set', statement: 'vcpus', value: 4 }],
    ['at 1 s set h cpu 8', { kind: 'set', statement: 'cpu', value: 8 }],
    ['at 1 s set kvm overcommit memory 150 %', { kind: 'set', statement: 'overcommit memory', value: 1.5 }],
    ['at 1 s set d iops 3 k', { kind: 'set', statement: 'iops', value: 3000 }],
    ['at 1 s set etl oom-score-adj -300', { kind: 'set', statement: 'oom-score-adj', value: -300 }],
    ['at 1 s migrate v[1] to other', { kind: 'migrate', target: { element: 'h.kvm.v' }, to: { element: 'other' } }],
    ['at 1 s migrate v to other.xen', { kind: 'migrate', to: { element: 'other.xen' } }],
    ['at 5 min breach c[1]', { at: 300, kind: 'breach' }],
])('%s', (text, step) => {
    const lowered = steps(text);
    expect(problemLines(errorsOf(lowered))).toEqual([]);
    expect(lowered.topology.scenarios[0]).toMatchObject({ name: 'it', duration: 300, steps: [step] });
});

test.each([
    ['at 1 s fail nobody', 'unknown-name'],
    ['at 1 fail h', 'wrong-unit'],
    ['at 1 GiB fail h', 'wrong-unit'],
    ['at 6 min fail h', 'step-after-end'],
    ['at 1 s migrate c to other', 'wrong-kind'],
    ['at 1 s migrate v to d', 'wrong-kind'],
    ['at 1 s migrate v to h', 'migration-target'],
    ['at 1 s load d by 2', 'wrong-kind'],
    ['at 1 s breach n', 'wrong-kind'],
    ['at 1 s stop d', 'wrong-kind'],
    ['at 1 s load c by 2 GiB', 'wrong-unit'],
    ['at 1 s set c cpu limit 2 GiB', 'wrong-unit'],
    ['at 1 s set c cpu limit 0', 'number-range'],
    ['at 1 s set c vcpus 2', 'misplaced-statement'],
    ['at 1 s set c cpu 2', 'misplaced-statement'],
    ['at 1 s load c', 'syntax'],
    ['at 1 s', 'syntax'],
])('%s is refused as %s', (text, code) => {
    expect(steps(text).problems.map((problem) => problem.code)).toEqual([code]);
});

test('a scenario may have a name that is a word of the language, no body, and expectations of its own', () => {
    const { topology, problems } = lowerText(`${estate}\nscenario load\nscenario process { expect c.downtime == 0 expect at(3 s, c.cpu.granted) <= 2 * 4 }`);
    expect(problems).toEqual([]);
    expect(topology.scenarios).toMatchObject([
        { name: 'load', steps: [] },
        { name: 'process', expectations: [{ text: 'c.downtime == 0' }, {}] },
    ]);
});
