/** What a recording keeps of memory: points between which it runs straight, so that what stood level is told from what grew. */
import { describe, expect, test } from 'vitest';
import { record } from '#simulation/timeline/record.ts';
import { story } from '../../helpers/scenario-runs.ts';

const MiB = 1024 ** 2;

/** The points of what one element uses, in seconds and MiB, read from the first replica. */
function memoryOf(path: string, text: string): readonly (readonly [number, number])[] {
    const { index } = story(text);
    const [scenario] = index.topology.scenarios;
    const [recording] = scenario === undefined ? [] : record(index, scenario, new Set([0]));
    const member = recording?.members.element.findIndex((element) => index.elements[element]?.id === path) ?? -1;
    const { times = [], values = [] } = recording?.series[member]?.['memory.used'] ?? {};
    return times.map((time, place) => [time, Math.round((values[place] ?? Number.NaN) / MiB)]);
}

const machine = (process: string, steps: string): string =>
    `host h { cpu 4 cores  memory 8 GiB  boot 0 s  os linux\nengine docker { boot 0 s  container c { image nginx  boot 0 s  ${process} } } }\nscenario s { duration 10 min  ${steps} }\n`;

describe('memory', () => {
    test('that stands level keeps its level until it falls, and from then until it is back', () => {
        expect(memoryOf('h.docker.c.p', machine('process p { memory 100 MiB }', 'at 3 min fail c  at 5 min recover c'))).toEqual([
            [0, 100],
            [180, 100],
            [180, 0],
            [300, 0],
            [300, 100],
        ]);
    });

    test('that stood level before it grows has not grown all the while', () => {
        const process =
            'process p { phase rest { for 60 s  memory 10 MiB } phase grow { for 60 s  memory 10 MiB to 70 MiB } phase stay { for 1 min  memory 70 MiB } }';
        expect(memoryOf('h.docker.c.p', machine(process, '')).slice(0, 3)).toEqual([
            [0, 10],
            [60, 10],
            [120, 70],
        ]);
    });
});
