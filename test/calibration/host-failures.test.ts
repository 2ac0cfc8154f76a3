/**
 * Admission control of vSphere HA by slots, from its documentation: hosts of 9 GHz and 9 GB, 9 GHz and 6 GB, 6 GHz and 6 GB; five VMs that reserve
 * 2 GHz and 1 GB, twice, 1 GHz and 2 GB, and 1 GHz and 1 GB, twice. The slot is 2 GHz and 2 GB; the hosts have 4, 3 and 3 of them; with the largest
 * lost six are left for five VMs: "current failover capacity 1". A core here runs at 1 GHz.
 */
import { describe, expect, test } from 'vitest';
import { computed } from './published.ts';

const vms = [
    [2, 1],
    [2, 1],
    [1, 2],
    [1, 1],
    [1, 1],
] as const;
const hosts = [
    [9, 9],
    [9, 6],
    [6, 6],
] as const;

/** The cluster with each VM on the host whose number stands in its place, and whether it survives the loss of one host and of two. */
function survival(places: readonly number[]): readonly boolean[] {
    const text = hosts.map(([cpu, memory], host) => {
        const guests = vms.flatMap(([ghz, gb], vm) =>
            places[vm] === host ? [`vm v${vm} { vcpus 2  memory ${gb} GB  cpu reserve ${ghz} cores  memory reserve ${gb} GB  host-failure restart }`] : [],
        );
        return `host h${host} { cpu ${cpu} cores  memory ${memory} GB  hypervisor esxi { overhead memory 0 B  overcommit cpu 4  ${guests.join('  ')} } }`;
    });
    return computed(`${text.join('\n')}\nexpect survives(1 host)\nexpect survives(2 hosts)`).expectations.map(({ holds }) => holds);
}

describe('the cluster of vSphere’s example', () => {
    test.each([[[0, 0, 0, 1, 2]], [[0, 0, 1, 1, 2]], [[0, 1, 2, 0, 1]], [[0, 0, 0, 0, 0]]])(
        'survives one host, and not any two, with its VMs on %j',
        (places) => {
            expect(survival(places)).toEqual([true, false]);
        },
    );
});
