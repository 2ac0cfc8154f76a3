/** How machines come up, end, restart and move in a run. */
import { describe, expect, test } from 'vitest';
import { story } from '../../helpers/scenario-runs.ts';

const machine = (inside: string, more = ''): string => `host h { cpu 4 cores  memory 8 GiB  boot 0 s  os linux  ${more}\n${inside}\n}\n`;
const docker = (inside: string, type = 'docker'): string => `engine ${type} { boot 0 s\n${inside}\n}`;
const scenario = (steps: string, duration = '10 min'): string => `scenario s { duration ${duration}\n${steps}\n}`;
const at = (text: string, path: string) => {
    const life = story(text).lives.get(path);
    if (life === undefined) throw new Error(`There is no ${path}.`);
    return life;
};

describe('starting', () => {
    test('a container waits until what it comes after is ready', () => {
        const text = machine(docker('container a { image nginx  boot 5 s }\ncontainer b { image nginx  boot 1 s  after a }'));
        expect(at(text, 'h.docker.b').readyAt).toBe(6);
    });

    test('what waits for each other in a circle never starts, and the run ends', () => {
        const text = machine(docker('container a { image nginx  after b }\ncontainer b { image nginx  after a }\ncontainer c { image nginx  boot 1 s }'));
        const { lives } = story(text);
        expect(lives.get('h.docker.a')?.readyAt).toBeNaN();
        expect(lives.get('h.docker.c')?.readyAt).toBe(1);
    });

    test('what does not start by itself waits for its step', () => {
        const text = machine(docker('container a { image nginx  boot 1 s  autostart off }')) + scenario('at 30 s start a');
        expect(at(text, 'h.docker.a').readyAt).toBe(31);
    });
});

describe('phases', () => {
    test('work takes as long as its CPU lets it, and time takes its time', () => {
        const text = machine('process p { phase one { for 10 s  cpu 1 cores } phase two { work 20 core-s  cpu 2 cores } }');
        expect(at(text, 'h.p').phases).toEqual([10, 20]);
        expect(at(text, 'h.p').work).toBeCloseTo(30, 9);
        expect(at(text, 'h.p').finishedAt).toBe(20);
    });

    test('repeat runs all phases so many times', () => {
        expect(at(machine('process p { repeat 3  phase one { for 10 s } phase two { for 5 s } }'), 'h.p').phases).toEqual([10, 15, 25, 30, 40, 45]);
    });

    test('phases of no length pass at once, and one that repeats them for ever comes to rest', () => {
        // A text that says so is refused; a `set` step could still make it so, and the core must not hang.
        expect(at(machine('process p { phase one { for 0 s } phase two { for 5 s } }'), 'h.p').finishedAt).toBe(5);
    });

    test('a load multiplies what is asked for from then on', () => {
        const text = machine('process p { phase one { work 20 core-s  cpu 1 cores  threads 4 } }') + scenario('at 10 s load p by 2');
        expect(at(text, 'h.p').finishedAt).toBeCloseTo(15, 9);
    });

    test('a hundred loads on twenty containers, each of which lays everything out anew, lose no work', () => {
        const load = (second: number): number => 1 + (second % 3);
        const names = Array.from({ length: 20 }, (_, place) => `c${place}`);
        const work = (place: number): number => 100 + 3 * place;
        const containers = names.map(
            (name, place) => `container ${name} { image nginx  boot 0 s  process p { threads 4  phase a { work ${work(place)} core-s  cpu 1 cores } } }`,
        );
        const steps = Array.from({ length: 100 }, (_, place) => `at ${place + 1} s load h by ${load(place + 1)}`);
        const big = `host h { cpu 64 cores  memory 8 GiB  boot 0 s  os linux\n${docker(containers.join('\n'))}\n}\n`;
        const { lives } = story(big + scenario(steps.join('\n')));
        for (const [place, name] of names.entries()) {
            let second = 0;
            let left = work(place);
            for (; left > load(second); second++) left -= load(second);
            expect(lives.get(`h.docker.${name}.p`)?.finishedAt, name).toBeCloseTo(second + left / load(second), 9);
        }
    });

    test('a limit that a step sets holds from then on', () => {
        const text = machine('slice s { process p { phase one { work 20 core-s  cpu 1 cores } } }') + scenario('at 10 s set s cpu limit 0.5 cores');
        expect(at(text, 'h.s.p').finishedAt).toBeCloseTo(30, 9);
    });
});

describe('kills', () => {
    test('happen when a ramp crosses the limit, exactly', () => {
        const { events } = story(machine('slice s { memory limit 60 MiB process p { phase grow { for 100 s  memory 10 MiB to 110 MiB } } }'));
        expect(events.find(({ type }) => type === 'killed-oom')).toMatchObject({ at: expect.closeTo(50, 6), path: 'h.s.p' });
    });

    test('a ramp over work is as late as the work', () => {
        const text = machine(
            `slice s { memory limit 60 MiB  cpu limit 0.5 cores process p { phase grow { work 100 core-s  cpu 1 cores  memory 10 MiB to 110 MiB } } }`,
        );
        expect(story(text).events.find(({ type }) => type === 'killed-oom')?.at).toBeCloseTo(100, 6);
    });

    test('end the container with its first process, which restarts after 100 ms, doubling', () => {
        const text = machine(
            docker(
                'container c { image nginx  boot 0 s  memory limit 60 MiB  restart always  process p { memory 10 MiB phase grow { for 1 s  memory 10 MiB to 110 MiB } } }',
            ),
        );
        const { events, lives } = story(text + scenario('', '10 s'));
        expect(events.filter(({ type }) => type === 'restarted').map((event) => Math.round(event.at * 1000) / 1000)).toEqual([0.6, 1.3, 2.2, 3.5, 5.6, 9.3]);
        expect(lives.get('h.docker.c')?.restarts).toBe(6);
    });

    test('of another process leave the container running without it', () => {
        const text = machine(
            docker(
                'container c { image nginx  memory limit 100 MiB  process first { memory 10 MiB } process second { phase grow { for 100 s  memory 10 MiB to 200 MiB } } }',
            ),
        );
        const { events } = story(text);
        expect(events.filter(({ type }) => type === 'killed-oom').map(({ path }) => path)).toEqual(['h.docker.c.second']);
        expect(events.some(({ type, path }) => type === 'stopped' && path === 'h.docker.c')).toBe(false);
    });

    test('take all of a group that dies as one', () => {
        const text = machine(
            'slice s { memory limit 100 MiB  oom-group on process a { memory 50 MiB } process b { phase grow { for 100 s  memory 0 MiB to 90 MiB } } }',
        );
        expect(
            story(text)
                .events.filter(({ type }) => type === 'killed-oom')
                .map(({ path }) => path),
        ).toEqual(['h.s.a', 'h.s.b']);
    });

    test('on a host take the largest, which can be a whole VM', () => {
        const text = `host h { cpu 4 cores  memory 4 GiB  boot 0 s  os linux
            hypervisor kvm { overcommit memory 2 vm v { vcpus 1  memory 3 GiB  boot 0 s  os linux  process p { memory 2 GiB } } }
            process q { phase grow { for 100 s  memory 0 GiB to 4 GiB } } }`;
        const { events } = story(text);
        expect(events.find(({ type }) => type === 'killed-oom')?.path).toBe('h.kvm.v');
    });

    test('among equal replicas take one, not all', () => {
        const text = machine('slice s { memory limit 100 MiB  process p[4] { phase grow { for 100 s  memory 0 MiB to 40 MiB } } }');
        const { events, lives } = story(text);
        expect(events.filter(({ type }) => type === 'killed-oom')).toHaveLength(2);
        expect([...lives.values()].filter(({ path, oomKills }) => path.includes('.p[') && oomKills > 0).reduce((sum, { replicas }) => sum + replicas, 0)).toBe(
            2,
        );
    });

    test('of an endless loop stay bounded by their delays', () => {
        const text = machine(docker('container c { image nginx  boot 0 s  memory limit 5 MiB  restart always  process p { memory 10 MiB } }'));
        expect(at(text + scenario('', '10 d'), 'h.docker.c').restarts).toBeLessThan(10 * 24 * 60 + 20);
    });
});

describe('failures', () => {
    const guest = `hypervisor kvm { vm v { vcpus 1  memory 1 GiB  boot 2 s  os linux  ${docker('container c { image nginx  boot 1 s }')} } }`;

    test('take along what depends on the failed, until it recovers', () => {
        const { lives } = story(machine(guest) + scenario('at 100 s fail v\nat 200 s recover v'));
        expect(lives.get('h.kvm.v')?.downtime).toBe(102);
        expect(lives.get('h.kvm.v.docker.c')?.downtime).toBe(103);
    });

    test('of an engine take its containers only if they need its daemon', () => {
        const containers = 'container c { image nginx  boot 0 s }';
        expect(at(machine(docker(containers)) + scenario('at 100 s fail docker\nat 200 s recover docker'), 'h.docker.c').downtime).toBe(100);
        expect(at(machine(docker(containers, 'podman')) + scenario('at 100 s fail podman\nat 200 s recover podman'), 'h.podman.c').downtime).toBe(0);
    });

    test('of a host bring its VMs up elsewhere, where most memory is free', () => {
        const host = (name: string, memory: string, inside = ''): string =>
            `host ${name} { cpu 4 cores  memory ${memory}  boot 0 s  os linux  hypervisor kvm { ${inside} } }\n`;
        const text =
            host('a', '8 GiB', 'vm v { vcpus 1  memory 2 GiB  boot 5 s  os linux  host-failure restart }') +
            host('b', '4 GiB') +
            host('c', '16 GiB') +
            scenario('at 100 s fail a');
        const { lives, run } = story(text);
        expect(lives.get('a.kvm.v')).toMatchObject({ downtime: 35, restarts: 1 });
        expect([...run.events.detail.values()]).toContainEqual({ on: 'c.kvm' });
    });

    test('of a disk make those wait who need it', () => {
        const text = machine('disk d { size 1 TB  bandwidth 100 MB/s }\nprocess p { phase one { work 100 core-s  cpu 1 cores  read 10 MB/s } }');
        expect(at(text + scenario('at 10 s fail d\nat 30 s recover d'), 'h.p').finishedAt).toBeCloseTo(120, 6);
    });
});

describe('migration', () => {
    const nic = 'nic eth0 { bandwidth 100 MB/s }';
    const hosts = (dirty: string): string =>
        `host a { cpu 4 cores  memory 8 GiB  boot 0 s  os linux  ${nic}  hypervisor kvm { overhead memory 0 B  vm v { vcpus 1  memory 2 GB  boot 0 s  os linux  process p { cpu 0.5 cores  memory 970 MB  ${dirty} } } } }
         host b { cpu 4 cores  memory 8 GiB  boot 0 s  os linux  ${nic}  hypervisor kvm }
         scenario s { duration 10 min  at 100 s migrate v to b }`;

    test('copies what was touched at the speed of the network, then what was written meanwhile', () => {
        // 1,000 MB in 10 s, then 100 MB that were written in it in 1 s, then 10 MB while it stands still.
        const { events, lives } = story(hosts('dirty 10 MB/s'));
        expect(events.find(({ type }) => type === 'migrated')?.at).toBeCloseTo(111.1, 6);
        expect(lives.get('a.kvm.v')?.downtime).toBeCloseTo(0.1, 6);
    });

    test('ends after thirty rounds where the guest writes faster than can be copied', () => {
        const { lives } = story(hosts('dirty 200 MB/s'));
        expect(lives.get('a.kvm.v')?.downtime).toBeCloseTo(10, 6);
    });
});
