/** What is kept of earlier pictures makes the next one sooner, and no other than it would be. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawStrata } from '#server/picture/draw-strata.ts';
import { pictureShares, type Scene, type SceneBox, type SceneOptions } from '#server/protocol.ts';
import { momentOf } from '#server/views/moment.ts';
import type { Result } from '#simulation/model/result.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { record } from '#simulation/timeline/record.ts';
import { followedText } from '../helpers/followed-text.ts';
import { generatedTopologies } from '../helpers/generated-topologies.ts';
import { editedTexts } from '../helpers/mutated-texts.ts';

const draw = (result: Result, options: SceneOptions): Scene => drawStrata(result, result.findings, options);

/** Of a copy nothing is known. */
const drawAnew = (result: Result, options: SceneOptions): Scene => draw(structuredClone(result), options);

const allOptions: readonly SceneOptions[] = [640, 1500].flatMap((width) =>
    (['cpu', 'memory'] as const).flatMap((resource) => pictureShares.map((share) => ({ width, resource, share }))),
);

/** The result, and the moments of its first scenario at these shares of its time. */
function momentsOf(result: Result, shares: readonly number[]): readonly Result[] {
    const [scenario] = result.topology.scenarios;
    const [run] = result.runs;
    if (scenario === undefined || run === undefined) {
        return [result];
    }
    const index = indexTopology(result.topology);
    const recordings = [...record(index, scenario)];
    return [result, ...shares.map((share) => momentOf(result, index, recordings, share * run.duration).result)];
}

describe('a picture with what is kept is the picture without', () => {
    test('after random edits of the examples', () => {
        let pictures = 0;
        for (const result of followedText(editedTexts(20261128, 160))) {
            for (const options of allOptions) {
                expect(JSON.stringify(draw(result, options))).toBe(JSON.stringify(drawAnew(result, options)));
                pictures += 1;
            }
        }
        expect(pictures).toBeGreaterThan(160 * allOptions.length);
    }, 120_000);

    test('after edits of any topology, at any moment, in any order of looking', () => {
        const edits = fc.array(
            fc.record({
                place: fc.nat(),
                kind: fc.constantFrom<Edit>('number', 'number', 'line', 'undo', 'reverse'),
                value: fc.constantFrom('0', '1', '3', '7.5', '4000'),
            }),
            { minLength: 1, maxLength: 5 },
        );
        const looks = fc.array(fc.constantFrom(...allOptions), { minLength: 1, maxLength: 3 });
        fc.assert(
            fc.property(generatedTopologies, edits, looks, fc.array(fc.constantFrom(0, 0.3, 0.31, 1), { maxLength: 2 }), (topology, steps, wanted, shares) => {
                for (const result of followedText(versions(topology.text, topology.reversed, steps))) {
                    for (const shown of momentsOf(result, shares)) {
                        for (const options of wanted) {
                            expect(JSON.stringify(draw(shown, options))).toBe(JSON.stringify(drawAnew(shown, options)));
                        }
                    }
                }
            }),
            // The same ones each time: a number that is changed may make a scenario that takes its whole budget, and a test has not the time for several.
            { numRuns: 60, seed: 20261128 },
        );
    }, 120_000);
});

type Edit = 'number' | 'line' | 'undo' | 'reverse';

function* versions(
    first: string,
    reversed: string,
    edits: readonly { readonly place: number; readonly kind: Edit; readonly value: string }[],
): Generator<string> {
    let [before, text] = [first, first];
    yield text;
    for (const { place, kind, value } of edits) {
        const next = { number: () => numberChanged(text, place, value), line: () => `\n${text}`, undo: () => before, reverse: () => reversed }[kind]();
        [before, text] = [text, next];
        yield text;
    }
}

function numberChanged(text: string, place: number, value: string): string {
    const numbers = [...text.matchAll(/(?<![\w."])\d+(\.\d+)?/g)];
    const number = numbers[place % numbers.length];
    return number === undefined ? text : text.slice(0, number.index) + value + text.slice(number.index + number[0].length);
}

describe('the boxes that are the very same', () => {
    const text = `host left {
  cpu 8 cores
  memory 16 GiB
  os debian
  engine docker {
    container web { memory limit 1 GiB  process nginx { cpu 1 cores  memory 300 MiB } }
    container db { memory limit 4 GiB  process postgres { cpu 1 cores  memory 2 GiB } }
  }
}
host right {
  cpu 8 cores
  memory 16 GiB
  os debian
  engine docker {
    container api { memory limit 2 GiB  process main { cpu 2 cores  memory 500 MiB } }
    container queue { memory limit 1 GiB  process broker { cpu 1 cores  memory 400 MiB } }
  }
}
scenario load { duration 1 min  at 10 s stop right.docker.queue }
`;
    const options: SceneOptions = { resource: 'memory', width: 1200 };

    function afterEdit(edited: string, looked: readonly SceneOptions[] = [options]): readonly string[] {
        const [before, after] = [...followedText([text, edited])].map((result) => looked.map((each) => draw(result, each)).at(-1)?.boxes ?? []);
        return kept(before ?? [], after ?? []);
    }
    const kept = (before: readonly SceneBox[], after: readonly SceneBox[]): readonly string[] => {
        const known = new Set(before);
        return after.filter((box) => known.has(box)).map(({ key }) => key);
    };
    const left = ['hardware:left', 'kernel:left', 'overhead:left', 'engine:left.docker', 'overhead:left.docker'].concat([
        'container:left.docker.web',
        'process:left.docker.web.nginx',
        'container:left.docker.db',
        'process:left.docker.db.postgres',
        'idle:left',
    ]);

    test('are those of other hosts, and those beside what was edited', () => {
        const same = afterEdit(text.replace('memory limit 1 GiB  process broker', 'memory limit 3 GiB  process broker'));
        expect(same).toEqual(expect.arrayContaining([...left, 'container:right.docker.api', 'process:right.docker.api.main']));
        expect(same).not.toContain('container:right.docker.queue');
        expect(same).not.toContain('hardware:right');
    });

    test('are all where lines have moved', () => {
        expect(afterEdit(`// why\n\n${text}`)).toHaveLength(draw([...followedText([text])][0] ?? expect.fail(), options).boxes.length);
    });

    test('are those on the left where what is on the right has become wider', () => {
        const same = afterEdit(text.replace('memory 400 MiB', 'memory 800 MiB'));
        expect(same).toEqual(expect.arrayContaining([...left, 'container:right.docker.api', 'process:right.docker.api.main']));
        expect(same).not.toContain('idle:right');
    });

    test('are the same after a look at the other resource', () => {
        const same = afterEdit(text.replace('memory limit 1 GiB  process broker', 'memory limit 3 GiB  process broker'), [
            { ...options, resource: 'cpu' },
            options,
        ]);
        expect(same).toEqual(expect.arrayContaining(left));
    });

    test('are those that a moment leaves as they are', () => {
        const [result] = followedText([text]);
        const [steady, first, second] = momentsOf(result ?? expect.fail(), [0.5, 0.6]).map((moment) => draw(moment, options).boxes);
        expect(kept(first ?? [], second ?? [])).toHaveLength(first?.length ?? -1);
        expect(kept(steady ?? [], first ?? [])).toEqual(expect.arrayContaining(left));
    });
});
