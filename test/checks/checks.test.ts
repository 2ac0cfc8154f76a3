/** Every check shows itself in a fixture that goes the whole way from text to placed findings, and keeps quiet in one that just avoids it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { analyseFiles } from '#server/analyse-files.ts';
import type { PlacedFinding } from '#server/placed-finding.ts';
import { checksWithFixtures, findingCodes } from '../helpers/checks.ts';
import { asMarks, type Marked, readMarks, showMarks } from '../helpers/fixtures.ts';

const folder = import.meta.dirname;
const codes = new Set(findingCodes);
/** What is wrong, and then what would fix it; what is said for information needs no remedy. */
const severalClauses = /[.?;:] \S/;

describe.each(checksWithFixtures)('$code', ({ code, severity }) => {
    const home = join(folder, code);
    const files = existsSync(home) ? readdirSync(home).filter((name) => /^(shows|avoids).*\.strata$/.test(name)) : [];

    test('has a fixture that shows it and one that just avoids it', () => {
        expect(files.some((name) => name.startsWith('shows'))).toBe(true);
        expect(files.some((name) => name.startsWith('avoids'))).toBe(true);
    });

    describe.each(files)('%s', (file) => {
        const text = readFileSync(join(home, file), 'utf8');
        let marks: readonly Marked[];
        let found: readonly PlacedFinding[];

        beforeAll(async () => {
            marks = readMarks(text, codes);
            // What is said for information only is nobody's fault, so just the fixtures of such a check are about it.
            found = (await findingsIn(join(home, file))).filter((finding) => finding.severity !== 'information' || finding.code === code);
        });

        test('has every finding at its mark, and no other', () => {
            expect(showMarks(asMarks(text, found))).toEqual(showMarks(marks));
        });

        if (file.startsWith('avoids')) {
            test('says what it just avoids, and is free of it', () => {
                expect(text).toMatch(/^\/\/ [^^]+\.\n/);
                expect(found.map((finding) => finding.code)).not.toContain(code);
            });
            return;
        }

        test('shows it, in words that say what is wrong and what would fix it', () => {
            const messages = found.filter((finding) => finding.code === code).map(({ message }) => message);
            expect(messages).not.toEqual([]);
            for (const message of messages) {
                expect(message).toMatch(/^[`A-Za-z0-9].*[.?]$/);
                expect(message).toMatch(severity === 'information' ? /./ : severalClauses);
            }
        });
    });
});

test('no fixture belongs to a check that is gone', () => {
    const known: ReadonlySet<string> = new Set(checksWithFixtures.map((check) => check.code));
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map((entry) => entry.name).filter((name) => !known.has(name))).toEqual([]);
});

/** All that is found in one file, as the command line would say it; what is found in a file that it imports is not its own. */
async function findingsIn(path: string): Promise<readonly PlacedFinding[]> {
    const analysed = await analyseFiles([path], folder);
    if (analysed.kind === 'unreadable') {
        throw new Error(`${path}: ${analysed.because}`);
    }
    return analysed.topologies.flatMap(({ analysis, fileOf }) => analysis.findings.filter(({ at }) => fileOf(at.uri) === path));
}
