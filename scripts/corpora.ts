/** Prints what becomes of other projects' configuration files when they are imported: `npm run corpora`. */
import { type CorpusFile, corpora, corporaFolder, isRight, tryCorpus } from '../test/corpora/corpora.ts';

const columns = ['format', 'valid', 'imported, no errors', 'invalid', 'refused with place', 'neither', 'crashed'];
const row = (cells: readonly (string | number)[]): string => cells.map((cell, index) => String(cell).padEnd((columns[index] ?? '').length + 2)).join('');
const count = (files: readonly CorpusFile[], label: CorpusFile['label']): readonly [number, number] => {
    const all = files.filter((file) => file.label === label);
    return [all.length, all.filter(isRight).length];
};

const found = corpora();
if (found.length > 0) {
    console.log(row(columns));
} else {
    console.log(`There are no files of other projects at ${corporaFolder}: nothing to import.`);
}
const wrong: string[] = [];
for (const corpus of found) {
    const files = await tryCorpus(corpus);
    const neither = files.filter(({ label }) => label === 'either' || label === 'other').length;
    const crashed = files.filter(({ fate }) => fate.kind === 'crashed').length;
    console.log(row([corpus.importer.name, ...count(files, 'valid'), ...count(files, 'invalid'), neither, crashed]));
    wrong.push(...files.filter((file) => !isRight(file)).map(({ name, label, fate }) => `${corpus.importer.name}/${name} (${label}): ${JSON.stringify(fate)}`));
}
if (wrong.length > 0) {
    console.log(`\n${wrong.join('\n')}`);
}
