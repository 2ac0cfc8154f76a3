/** What an import says of what it leaves out, and that it says so where there is too much to list. */
import { describe, expect, test } from 'vitest';
import { ImportLog } from '#language/import/import-log.ts';

const place = (line: number, file = 'compose.yaml') => ({ at: { file, line, column: 1 }, path: `services.s${line}` });

describe('the report', () => {
    test('speaks of one place once, in the order of the text', () => {
        const log = new ImportLog();
        for (const line of [3, 1, 3]) {
            log.note(place(line), 'approximated', 'something close', 'nothing');
        }
        expect(log.report.map(({ line }) => line)).toEqual([1, 3]);
    });

    test('ends with an entry that says so where it does not list everything', () => {
        const log = new ImportLog();
        const written = 10_500;
        for (let line = 1; line <= written; line += 1) {
            log.note(place(line), 'not-carried-over', 'ports', 'nothing');
        }
        const last = log.report.at(-1);
        expect(log.report.length).toBeLessThan(written);
        expect(last).toMatchObject({ file: 'compose.yaml', line: log.report.length, what: expect.stringContaining('more that this report does not list') });
    });
});
