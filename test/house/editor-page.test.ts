/** The page on the editor is true: each row names a test that is there, or says why there is none. */
import { describe, expect, test } from 'vitest';
import { files, read } from '../helpers/repository.ts';

const rows = read('docs/editor.md')
    .split('\n')
    .filter((line) => /^\| (?!feature|---)/.test(line))
    .map((line) => line.replaceAll('\\|', '\u0000').split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.replaceAll('\u0000', '|').trim()));

test('has rows of three cells', () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((cells) => cells.length !== 3)).toEqual([]);
});

describe.each(rows)('%s', (_, here = '', shown = '') => {
    test('is shown by a test that is there, or has a reason', () => {
        const { file, name } = /^`(?<file>[^`]+)`: "(?<name>.+)"$/.exec(shown)?.groups ?? {};
        if (file === undefined || name === undefined) {
            expect(shown).toBe('–');
            expect(here).toMatch(/^not yet$|^makes no sense here: /);
            return;
        }
        expect(files).toContain(file);
        expect(read(file)).toContain(name);
    });
});
