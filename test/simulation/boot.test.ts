/** When things are ready if they need not share anything. */
import { describe, expect, it } from 'vitest';
import { elementId, type InstanceSet } from '#simulation/model/ids.ts';
import { coreSeconds, cores, seconds } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import {
    container,
    engine,
    engineType,
    host,
    hypervisor,
    hypervisorType,
    process as job,
    named,
    os,
    type Sketch,
    slice,
    topology,
    vm,
} from './topology-builder.ts';

const types = {
    operatingSystems: named({ ...os('linux', 'linux'), boot: seconds(10), bootWork: coreSeconds(8) }),
    hypervisorTypes: named(hypervisorType('kvm', { boot: seconds(2), start: seconds(1), startWork: coreSeconds(0.5) })),
    engineTypes: named(engineType('docker', { boot: seconds(3), start: seconds(0.2), startWork: coreSeconds(0.1) })),
};
const waitingFor = (path: string): InstanceSet => ({ element: elementId(path), ranges: [] });
const run = (hosts: readonly Sketch[]) => simulate(topology(hosts, types));
const readyAt = (hosts: readonly Sketch[], path: string) => run(hosts).elements.get(elementId(path))?.readyAt;

describe('the boot chain', () => {
    it('adds latency and work of each layer', () => {
        // Host 10 + 8 = 18; hypervisor + 2 = 20; guest + 1 + 0.5 + 10 + 8 = 39.5; engine + 3 = 42.5; container + 0.2 + 0.1 = 42.8.
        const inside = [engine('docker', {}, [container('c', {}, [job('p')])])];
        const hosts = [host('h', { cpu: cores(4) }, [hypervisor('kvm', {}, [vm('v', { vcpus: 2 }, inside)]), slice('s', {}, [job('q')])])];
        expect(readyAt(hosts, 'h')).toBeCloseTo(18, 12);
        expect(readyAt(hosts, 'h.kvm')).toBeCloseTo(20, 12);
        expect(readyAt(hosts, 'h.kvm.v')).toBeCloseTo(39.5, 12);
        expect(readyAt(hosts, 'h.kvm.v.docker.c.p')).toBeCloseTo(42.8, 12);
        expect(readyAt(hosts, 'h.s.q')).toBeCloseTo(18, 12);
    });

    it('takes `boot` for all of it, work included', () => {
        const hosts = [host('h', { cpu: cores(4), boot: seconds(0) }, [hypervisor('kvm', { boot: seconds(0) }, [vm('v', { vcpus: 1, boot: seconds(5) })])])];
        expect(readyAt(hosts, 'h')).toBe(0);
        expect(readyAt(hosts, 'h.kvm.v')).toBe(5);
    });

    it('waits for what comes before', () => {
        const inside = [
            container('web', { after: [waitingFor('h.docker.db')], boot: seconds(1) }),
            container('db', { boot: seconds(7) }),
            container('off', { autostart: false }),
            container('stuck', { after: [waitingFor('h.docker.off')] }),
        ];
        const hosts = [host('h', { boot: seconds(0) }, [engine('docker', { boot: seconds(0) }, inside)])];
        expect(readyAt(hosts, 'h.docker.web')).toBe(8);
        expect(readyAt(hosts, 'h.docker.off')).toBeUndefined();
        expect(readyAt(hosts, 'h.docker.stuck')).toBeUndefined();
        expect(run(hosts).findings.map(({ code, subject }) => [code, subject])).toEqual([['after-stopped', 'h.docker.stuck']]);
    });

    it('finds each circle once, and blames nobody who merely waits for it', () => {
        const inside = [
            container('a', { after: [waitingFor('h.docker.b')] }),
            container('b', { after: [waitingFor('h.docker.c')] }),
            container('c', { after: [waitingFor('h.docker.a')] }),
            container('behind', { after: [waitingFor('h.docker.a')] }),
            container('self', { after: [waitingFor('h.docker.self')] }),
            container('free', {}),
        ];
        const result = run([host('h', { cpu: cores(1) }, [engine('docker', {}, inside)])]);
        expect(result.findings.map(({ code, facts }) => [code, facts['cycle']])).toEqual([
            ['after-cycle', ['h.docker.a', 'h.docker.b', 'h.docker.c']],
            ['after-cycle', ['h.docker.self']],
        ]);
        expect(result.elements.get(elementId('h.docker.behind'))?.readyAt).toBeUndefined();
        expect(result.elements.get(elementId('h.docker.free'))?.readyAt).toBeGreaterThan(0);
    });

    it('never comes up on a machine that cannot do the work', () => {
        expect(readyAt([host('h', { cpu: cores(0) })], 'h')).toBeUndefined();
    });
});
