/** Which metrics an element has in the steady state, by kind, and that `expect` finds them. */
import { describe, expect, test } from 'vitest';
import { type MetricName, metricDimensions } from '#simulation/model/expectation.ts';
import { simulate } from '#simulation/simulate.ts';
import { lowerText, problemLines } from '../helpers/strata.ts';

const text = `
host h {
  cpu 16 cores  memory 64 GiB  os linux
  disk ssd { size 1 TB  bandwidth 1 GB/s }
  nic eth0 { bandwidth 1 GB/s }
  hypervisor kvm { vm v { vcpus 2  memory 2 GiB  os linux  process q { cpu 1  read 1 MB/s  memory 1 MiB } } }
  engine docker {
    slice s { cpu limit 2  memory limit 1 GiB  container a { image nginx  cpu limit 1  memory limit 512 MiB  process p { cpu 0.5  send 1 MB/s } } }
    pod d { container e[3] { image nginx  process p { cpu 1  memory 20 MiB } } }
    container dark { image nginx }
  }
}`;

const granted: readonly MetricName[] = ['cpu.demand', 'cpu.granted', 'cpu.throttled', 'cpu.contended', 'cpu.unmet', 'memory.used', 'memory.committed'];
const moved: readonly MetricName[] = ['io.granted', 'network.granted', 'ready-at'];
const room: readonly MetricName[] = ['cpu.capacity', 'cpu.headroom', 'cpu.overcommit', 'memory.capacity', 'memory.headroom', 'memory.overcommit'];
const stored: readonly MetricName[] = ['disk.used', 'disk.headroom'];

const byElement: Readonly<Record<string, readonly MetricName[]>> = {
    h: [...granted, ...moved, ...room, ...stored],
    'h.ssd': [...stored, 'io.granted'],
    'h.eth0': ['network.granted'],
    'h.kvm': [...granted, ...moved, ...room],
    'h.kvm.v': [...granted, ...moved, ...room, 'disk.used'],
    'h.kvm.v.q': [...granted, ...moved],
    'h.docker': [...granted, ...moved, 'disk.used'],
    'h.docker.s': [...granted, ...moved, 'cpu.headroom', 'memory.limit', 'memory.headroom'],
    'h.docker.s.a': [...granted, ...moved, 'cpu.headroom', 'memory.limit', 'memory.headroom', 'disk.used'],
    'h.docker.s.a.p': [...granted, ...moved],
    'h.docker.d': [...granted, ...moved],
    'h.docker.d.e': [...granted, ...moved, 'disk.used'],
    'h.docker.dark': ['disk.used', 'ready-at'],
};

/** Whether an expectation that any value keeps holds: it does where there is a value. */
function holding(conditions: readonly string[]): readonly boolean[] {
    const lowered = lowerText(`${text}\n${conditions.map((condition) => `expect ${condition}`).join('\n')}\n`);
    if (problemLines(lowered).length > 0) throw new Error(problemLines(lowered).join('\n'));
    return simulate(lowered.topology).expectations.map(({ holds }) => holds);
}

const units = { memory: 'B', cpu: 'cores', time: 's', rate: 'B/s', number: '' } as const;
const anyValue = (path: string, metric: MetricName) => `${path}.${metric} >= 0 ${units[metricDimensions[metric]]}`;

describe('the metrics of', () => {
    test.each(Object.entries(byElement))('%s', (path, expected) => {
        const all = Object.keys(metricDimensions) as MetricName[];
        const found = holding(all.map((metric) => anyValue(path, metric)));
        expect(all.filter((_, place) => found[place])).toEqual(all.filter((metric) => expected.includes(metric)));
    });

    test('sets are asked of every member, or as one value', () => {
        expect(
            holding([
                'h.docker.d.e.cpu.granted == 1 cores',
                'sum(h.docker.d.e.cpu.granted) == 3 cores',
                'sum(h.docker.d.e[1..2].memory.used) < 60 MB',
                'mean(h.docker.d.e.io.granted) == 0 B/s',
                'max(h.kvm.v.io.granted, h.docker.s.network.granted) == 1 MB/s',
                'count(h.docker.d.e) == 3',
                'h.ssd.io.granted == h.kvm.v.q.io.granted',
            ]),
        ).toEqual([true, true, true, true, true, true, true]);
    });

    test('groups say how far they are from their limits', () => {
        expect(holding(['h.docker.s.cpu.headroom == 75 %', 'h.docker.s.a.cpu.headroom == 50 %', 'h.kvm.memory.overcommit < 4 %'])).toEqual([true, true, true]);
    });
});
