/** Real configuration files of other projects are imported where they are valid, and refused with place and reason where they are not. */
import { describe, expect, test } from 'vitest';
import { importers } from '#language/import/importers.ts';
import { type CorpusFile, corporaFolder, corpusOf, isRight, tryCorpus } from './corpora.ts';

/** What is asked of an importer: at least so many of the valid files end in a text that `strata check` accepts. */
const leastAccepted = 0.95;

const shareOf = (files: readonly CorpusFile[]): number => files.filter(isRight).length / Math.max(files.length, 1);
const wrong = (files: readonly CorpusFile[]): readonly string[] =>
    files.filter((file) => !isRight(file)).map(({ name, fate }) => `${name}: ${JSON.stringify(fate)}`);

describe.each(importers)('$name', (importer) => {
    test('valid files become texts without errors, invalid ones are refused at a place, and none crashes', async ({ skip }) => {
        const corpus = corpusOf(importer);
        skip(corpus === undefined, `there are no files of other projects at ${corporaFolder}`);
        const files = corpus === undefined ? [] : await tryCorpus(corpus);
        const valid = files.filter(({ label }) => label === 'valid');
        expect(valid.length).toBeGreaterThan(0);
        expect(shareOf(valid), wrong(valid).join('\n')).toBeGreaterThanOrEqual(leastAccepted);
        expect(wrong(files.filter(({ label }) => label !== 'valid'))).toEqual([]);
        expect(files.filter(({ fate }) => fate.kind === 'crashed')).toEqual([]);
    }, 120_000);
});
