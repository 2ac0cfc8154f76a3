/** The isolation part of the result contract, from text to rows: walls, ways, blast radius, and what is seen from where. */
import { beforeAll, describe, expect, test } from 'vitest';
import { blastRadiusRows, reachRows, visibilityRows } from '#server/json/isolation-rows.ts';
import { indexTopology, type TopologyIndex } from '#simulation/model/topology-index.ts';
import { simulate } from '#simulation/simulate.ts';
import { lowerText } from '../helpers/strata.ts';

const text = `
host rack1 {
  cpu 16 cores
  memory 64 GiB
  os ubuntu
  hypervisor kvm {
    vm db { vcpus 4  memory 16 GiB  os debian  engine docker { container postgres { image postgres } } }
  }
  engine docker {
    container web[3] { image nginx  cpu limit 0.5 cores  memory limit 256 MiB  namespace network host }
    container ci { image debian  mount "/var/run/docker.sock" ro }
    container boxed { image debian  runtime gvisor  cpu set 0-1  memory limit 1 GiB }
  }
}
host rack2 { cpu 4  memory 8 GiB  os debian  process other { cpu 0.1 } }
expect reaches(ci, web)
expect reaches(ci, postgres)
expect not reaches(web, postgres)
expect reaches(web, postgres, namespace)
expect not reaches(postgres, web, sandbox)
expect reaches(postgres, web, kernel)
expect not reaches(ci, other, kernel)
expect reaches(ci, other, machine)
expect not reaches(ci, web)
expect reaches(web, rack1)
`;

let index: TopologyIndex;
let judged: readonly { readonly text: string; readonly holds: boolean }[];
let said: readonly string[];
const all = (): boolean => true;
const rows = (of: Iterable<object>): readonly Record<string, unknown>[] => [...of] as Record<string, unknown>[];

beforeAll(() => {
    const result = simulate(lowerText(text).topology);
    index = indexTopology(result.topology);
    judged = result.expectations;
    said = result.findings.filter(({ code }) => code === 'expectation-failed').map(({ message }) => message);
});

describe('reach', () => {
    test('has a row for each group and what it reaches on its host, with the way', () => {
        const found = rows(reachRows(index, all));
        const row = (from: string, to: string) => found.find((one) => one['from'] === from && one['to'] === to);
        expect(row('rack1.docker.ci', 'rack1.docker.web[1]')).toMatchObject({ via: ['mount /var/run/docker.sock'], needs: 'none' });
        expect(row('rack1.docker.ci', 'rack1.docker.web[1]')?.['rules']).toContain('CIS Docker 5.32');
        expect(row('rack1.docker.ci', 'rack1')).toMatchObject({ needs: 'none' });
        expect(row('rack1.docker.web[1]', 'rack1.docker.web[2]')).toMatchObject({ needs: 'namespace', via: ['break out of container web'] });
        expect(row('rack1.kvm.db.docker.postgres', 'rack1.docker.ci')).toMatchObject({
            needs: 'kernel',
            via: ['break out of container postgres', 'break out of virtual machine db'],
        });
        expect(row('rack1.docker.boxed', 'rack1.docker.ci')).toMatchObject({ needs: 'sandbox' });
        expect(row('rack1.docker.ci', 'rack2.other')).toBeUndefined();
    });

    test('is cut down to the subtree that is asked for', () => {
        const found = rows(reachRows(index, (path) => path.startsWith('rack2')));
        expect(found.map(({ from, to }) => [from, to])).toEqual([['rack2.other', 'rack2']]);
    });

    test('is what expectations are judged by', () => {
        expect(judged.map(({ holds }) => holds)).toEqual([true, true, true, true, true, true, true, true, false, false]);
        expect(said).toEqual([
            '`not reaches(ci, web)` does not hold: nothing has to be broken (mount /var/run/docker.sock).',
            '`reaches(web, rack1)` does not hold: a namespace wall has to be broken (break out of container web).',
        ]);
    });
});

test('the blast radius has a row for each group', () => {
    const found = rows(blastRadiusRows(index, all));
    const groups = ['rack1.kvm.db.docker.postgres', 'rack1.docker.web[1]', 'rack1.docker.ci', 'rack1.docker.boxed', 'rack2.other'];
    expect(found.map(({ from }) => from)).toEqual(groups);
    expect(found.find(({ from }) => from === 'rack1.docker.ci')).toMatchObject({ nothing: { groups: 4, machines: 2 } });
    expect(found.find(({ from }) => from === 'rack1.kvm.db.docker.postgres')).toMatchObject({
        nothing: { groups: 1, machines: 0 },
        runtime: { groups: 1, machines: 1 },
        hypervisor: { groups: 4, machines: 2 },
    });
});

test('visibility says what each shows of its machine', () => {
    const found = [...visibilityRows(index, all)].map((stream) => JSON.parse([...stream].join('')));
    const row = (from: string) => found.find((one) => one.from === from);
    expect(row('rack1.docker.web[2]')).toMatchObject({ nproc: 16, 'meminfo-total': 64 * 2 ** 30, hostname: 'own', network: 'rack1', user: 'rack1' });
    expect(row('rack1.docker.boxed')).toMatchObject({ nproc: 2, 'meminfo-total': 2 ** 30, network: 'own', interfaces: ['lo', 'eth0'] });
    expect(row('rack1.kvm.db')).toMatchObject({ nproc: 4, 'meminfo-total': 16 * 2 ** 30, hostname: 'own' });
});
