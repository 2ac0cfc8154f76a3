/** The topologies in the documentation are real: each stands up to the checks and to the simulation. */
import { describe, expect, test } from 'vitest';
import { simulate } from '#simulation/simulate.ts';
import { files, read } from '../helpers/repository.ts';
import { lowerText, problemLines } from '../helpers/strata.ts';

interface Block {
    readonly place: string;
    readonly text: string;
}

/** A block marked as `strata fragment` is what stands in a host. */
const host = (fragment: string): string => `host server {\n  cpu 16 cores\n  memory 64 GiB\n  disk ssd { size 1 TB }\n  os debian\n${fragment}}\n`;

const documents = files.filter((file) => /^[^/]+\.md$|^docs\/.*\.md$/.test(file));
const blocks = documents.flatMap(blocksOf);

test('the first topology of the README is one of them', () => {
    expect(blocks.map(({ place }) => place)).toContainEqual(expect.stringMatching(/^README\.md:/));
});

describe.each(blocks)('$place', ({ text }) => {
    test('has no error', () => {
        const lowered = lowerText(text);
        // What an import does not know is a hint, and no error.
        expect(problemLines(lowered).filter((line) => !line.startsWith('size-unknown '))).toEqual([]);
        const { findings } = simulate(lowered.topology);
        expect(findings.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
    });
});

function blocksOf(file: string): readonly Block[] {
    const document = read(file);
    return [...document.matchAll(/^```strata( fragment)?\n([\s\S]*?)^```$/gm)].map((match) => {
        const [, fragment, text = ''] = match;
        return { place: `${file}:${document.slice(0, match.index).split('\n').length + 1}`, text: fragment === undefined ? text : host(text) };
    });
}
