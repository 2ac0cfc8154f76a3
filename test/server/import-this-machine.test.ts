/** The machine that a test runs on is a machine: whatever it has, it makes a host that checks. */
import { expect, test } from 'vitest';
import { thisMachine } from '#language/import/this-machine/this-machine.ts';
import { importFiles } from '#server/import/import-files.ts';
import { complaintsAbout } from '../helpers/imports.ts';

test('this machine is imported without a file', () => {
    const outcome = importFiles(thisMachine, { names: [], directory: process.cwd(), variables: {} });
    const text = outcome.kind === 'imported' ? outcome.text : JSON.stringify(outcome);
    expect(text).toMatch(/\nhost \S+ \{\n {2}cpu \d/);
    expect(complaintsAbout(text)).toEqual([]);
});
