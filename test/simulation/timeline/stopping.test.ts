/** How soon a run ends once it is told to: counted in what it does between two questions, never in time. */
import { describe, expect, test } from 'vitest';
import { complete } from '#simulation/model/complete.ts';
import type { Element } from '#simulation/model/topology.ts';
import { indexTopology, type TopologyIndex } from '#simulation/model/topology-index.ts';
import { simulate } from '#simulation/simulate.ts';
import { runScenario } from '#simulation/timeline/run-scenario.ts';
import { lowerText } from '../../helpers/strata.ts';

/** Reads of elements: some milliseconds' worth. */
const mostReads = 200_000;

const host = (inside: string): string => `host h { cpu 64 cores  memory 9 TiB  boot 0 s  os linux\n${inside}\n}\n`;
const scenario = (steps = ''): string => `scenario s { duration 10 min\n${steps}\n}\n`;
const many = (count: number, text: (place: number) => string): string => Array.from({ length: count }, (_, place) => text(place)).join('\n');
const job = (name: number, work: number): string =>
    `container c${name} { image nginx  process p { phase a { work ${work} core-s  cpu 1 cores  memory 1 MiB to 2 MiB } } }`;
const killed = 'image nginx  boot 0 s  restart always  memory limit 5 MiB';

const long: Readonly<Record<string, string>> = {
    'kills of one replica after the other':
        host('slice s { memory limit 100 GiB process p[100000] { phase grow { for 10 min  memory 1 MiB to 900 MiB } } }') + scenario(),
    'jobs that end at different times': host(`engine docker { boot 0 s\n${many(1000, (place) => job(place, 1 + place / 7))} }`) + scenario(),
    'restarts without end':
        host(
            `engine docker { boot 0 s\n${many(60, (place) => `container c${place} { ${killed} process p { memory ${6 + place} MiB  phase a { for ${place} ms } } }`)} }`,
        ) + scenario(),
    'loads again and again':
        host('engine docker { container c[5] { image nginx  process p[20] { cpu 1 cores } } container d[3] { image nginx  process p[20] } }') +
        scenario(many(2000, (place) => `at ${place / 5} s load c[${1 + (place % 5)}] by ${1 + place / 100}`)),
};

describe('between two questions whether to stop, a run looks at few members', () => {
    test.each(Object.entries(long))('%s', (_, text) => {
        const counter = { reads: 0, most: 0, all: 0 };
        const index = counted(indexTopology(complete(lowerText(text).topology)), counter);
        const [first] = index.topology.scenarios;
        if (first === undefined) throw new Error('There is no scenario.');
        let asked = 0;
        const answered = () => {
            counter.most = Math.max(counter.most, counter.reads);
            counter.all += counter.reads;
            counter.reads = 0;
        };
        runScenario(index, first, {
            shouldStop: () => {
                answered();
                return ++asked > 40;
            },
        });
        answered();
        expect(counter.all).toBeGreaterThan(2 * mostReads);
        expect(counter.most).toBeLessThan(mostReads);
    });
});

test('a run that is told to stop does so at once, also while it is judged', () => {
    const phases = many(2, (place) => `phase p${place} { for 10 ms  cpu ${place + 1} cores }`);
    const expectations = 'expect p.cpu.granted < 3 cores  expect mean(p.cpu.granted) < 3 cores';
    const { topology } = lowerText(`${host(`process p { repeat forever ${phases} }`)}scenario s { duration 1 min  ${expectations} }`);
    let asked = 0;
    simulate(topology, { shouldStop: () => ++asked < 0 });
    expect(asked).toBeGreaterThan(20);
    for (let stop = 1; stop <= asked; stop++) {
        let times = 0;
        expect(simulate(topology, { shouldStop: () => ++times >= stop })).toBe('stopped');
        expect(times).toBe(stop);
    }
});

/** The same index, whose elements count how often they are read. */
function counted(index: TopologyIndex, counter: { reads: number }): TopologyIndex {
    const watching: ProxyHandler<Element> = {
        get: (element, key) => {
            counter.reads++;
            return Reflect.get(element, key);
        },
    };
    return { ...index, elements: index.elements.map((element) => new Proxy(element, watching)) };
}
