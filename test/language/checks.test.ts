/** Every check of the language shows itself in a fixture, at the right place, and keeps quiet in one that just avoids it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { languageChecks } from '#language/checks/checks.ts';
import { asMarks, readMarks, showMarks } from '../helpers/fixtures.ts';
import { lowerFile } from '../helpers/strata.ts';

const folder = fileURLToPath(new URL('checks', import.meta.url));
const codes = new Set(languageChecks.map((check) => check.code));

describe.each([...codes])('%s', (code) => {
    const files = readdirSync(join(folder, code)).filter((name) => name.endsWith('.strata'));

    test('has a fixture that shows it and one that just avoids it', () => {
        expect(files.some((name) => name.startsWith('shows'))).toBe(true);
        expect(files.some((name) => name.startsWith('avoids'))).toBe(true);
    });

    test.each(files)('%s', (file) => {
        const path = join(folder, code, file);
        const text = readFileSync(path, 'utf8');
        const marks = readMarks(text, codes);
        const problems = lowerFile(path).problems.filter((problem) => problem.at.uri.endsWith(`/${code}/${file}`));
        expect(showMarks(asMarks(text, problems))).toEqual(showMarks(marks));
        expect(marks.some((mark) => mark.code === code)).toBe(file.startsWith('shows'));
    });
});

test('no fixture belongs to a check that is gone', () => {
    expect(readdirSync(folder).filter((name) => !codes.has(name))).toEqual([]);
});

test.each(languageChecks)('$code says what is wrong and what would fix it', ({ code }) => {
    const { problems } = lowerFile(join(folder, code, 'shows.strata'));
    for (const { message } of problems) {
        expect(message).toMatch(/^[`A-Z0-9].*[.?]$/);
        expect(message.split(/[.?](?: |$)/).length).toBeGreaterThan(2);
    }
});
