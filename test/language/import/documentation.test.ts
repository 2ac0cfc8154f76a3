/** The examples of `docs/import.md` are what an import makes of them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { complaintsAbout, importTexts } from '../../helpers/imports.ts';

const page = readFileSync(new URL('../../../docs/import.md', import.meta.url), 'utf8');
/** A block that names its format and file, and the block of text that follows it. */
const pairs = page.matchAll(/^```\w+ (\S+) (\S+)\n([\s\S]*?)^```\n[\s\S]*?^```strata\n([\s\S]*?)^```$/gm);
const examples = [...pairs].map(([, format = '', file = '', source = '', text = '']) => ({ format, file, source, text }));

test('the page has an example of each format that is written by hand', () => {
    expect(examples.map(({ format }) => format)).toEqual(expect.arrayContaining(['compose', 'kubernetes', 'libvirt', 'proxmox']));
});

test.each(examples)('$file of $format is imported as the page shows', ({ format, file, source, text }) => {
    const imported = importTexts(format, { [file]: source });
    expect(imported.text).toBe(text);
    expect(complaintsAbout(imported.text)).toEqual([]);
});
