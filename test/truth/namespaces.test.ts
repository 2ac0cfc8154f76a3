/** What is seen through namespaces against measurements of a real Linux, where they are at hand; the table of `docs/isolation.md` names the same cases. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type View, viewFrom } from '#simulation/isolation/view.ts';
import { vantagePoints, visibilityOf, visibleFrom } from '#simulation/isolation/visibility.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { lowerText } from '../helpers/strata.ts';

const casesFile = new URL('../../../shared/truth/namespaces.json', import.meta.url);
const casesAreThere = existsSync(casesFile);
const page = readFileSync(new URL('../../docs/isolation.md', import.meta.url), 'utf8');

interface Seen extends View {
    readonly sees: readonly { readonly pid: number; readonly path: string; readonly innerPid?: number }[];
}

/** A machine of two CPUs and 24,684,084 kB, as the one that was measured, with 93 processes, a container `c` as the case says, and one beside it. */
function seenBy(says: string, vantage: string): Seen {
    const { topology, problems } = lowerText(`host h { cpu 2 cores  memory (24684084 * 1 KiB)  os linux
        process other[93] { threads 1 }
        engine docker {
            container c { image nginx  ${says}  process p { threads 1 } }
            container inner { image nginx  namespace ipc c  namespace mount c  process q { threads 1 } }
        } }`);
    expect(problems).toEqual([]);
    const index = indexTopology(topology);
    const from = [...vantagePoints(index)].find(({ path }) => path === vantage);
    if (from === undefined) throw new Error(`${vantage} is no vantage point`);
    return { ...viewFrom(index, from), sees: [...visibleFrom(visibilityOf(index), from)] };
}

/** What each case says, as our keys say it. */
const held: Readonly<Record<string, () => void>> = {
    'ns-pid-unshared-own-proc': () => expect(seenBy('', 'h.docker.c').sees).toEqual([{ pid: 1, path: 'h.docker.c.p', as: 'p' }]),
    'ns-pid-shared-own-proc': () => expect(seenBy('namespace pid host', 'h.docker.c').sees).toHaveLength(95),
    'ns-pid-nested': () => {
        expect(seenBy('', 'h').sees.find(({ path }) => path === 'h.docker.c.p')?.innerPid).toBe(1);
        expect(seenBy('', 'h.docker.c').sees.map(({ path }) => path)).not.toContain('h.other[1]');
    },
    'ns-net-unshared': () => expect(seenBy('', 'h.docker.c')).toMatchObject({ network: 'own', interfaces: ['lo', 'eth0'] }),
    'ns-net-loopback': () => expect(seenBy('', 'h.docker.c').network).toBe('own'),
    'ns-net-abstract-unix': () => expect(seenBy('namespace network host', 'h.docker.c').network).toBe('h'),
    'ns-ipc-shm': () => {
        expect(seenBy('', 'h.docker.c').ipc).toBe('own');
        expect(seenBy('', 'h.docker.inner').ipc).toBe('h.docker.c');
    },
    'ns-ipc-posix-shm': () => expect(seenBy('namespace ipc host', 'h.docker.c')).toMatchObject({ ipc: 'h', mount: 'own' }),
    'ns-mnt-unshared': () => expect(seenBy('', 'h.docker.c').mount).toBe('own'),
    'ns-mnt-shared': () => expect(seenBy('', 'h.docker.inner').mount).toBe('h.docker.c'),
    'ns-user-unshared': () => expect(seenBy('namespace user own', 'h.docker.c').user).toBe('own'),
    'ns-user-host-view': () => expect(seenBy('', 'h.docker.c').user).toBe('h'),
    'ns-cgroup': () => {
        expect(seenBy('namespace cgroup host', 'h.docker.c').cgroup).toBe('h');
        expect(seenBy('', 'h.docker.c').cgroup).toBe('own');
    },
    'ns-meminfo': () => expect(seenBy('memory limit 64 MiB', 'h.docker.c').memoryTotal).toBe(24684084 * 1024),
    'ns-nproc-cpuset': () => expect(seenBy('cpu set 1', 'h.docker.c')).toMatchObject({ nproc: 1, cpuinfo: 2 }),
};

/** Not about what is seen. */
const elsewhere: Readonly<Record<string, string>> = {
    'ns-pid-unshared-kill-host': 'signals follow the PID namespace, as sight does',
    'ns-pid1-death': 'the life of a container ends with its first process: a matter of scenarios',
    'ns-crun': 'a runtime that does not start',
};

describe('what is seen through namespaces', () => {
    test.each(Object.entries(held))('%s is as measured', (_id, holds) => {
        holds();
    });

    test('is held against every measured case, and the documentation names each', ({ skip }) => {
        skip(!casesAreThere, 'the measurements of a real Linux are not beside this checkout');
        const ids = (JSON.parse(readFileSync(casesFile, 'utf8')) as readonly { readonly id: string }[]).map(({ id }) => id);
        expect(ids.filter((id) => held[id] === undefined && elsewhere[id] === undefined)).toEqual([]);
        expect(ids.filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
    });
});
