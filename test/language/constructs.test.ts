/** Every construct of the language parses, checks and lowers without a problem. */

import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { lower } from '#language/lowering/lower.ts';
import { statementRules } from '#language/statements.ts';
import { catalogFiles, contractBlocks, documentationBlocks, examples, languageFiles } from '../helpers/examples.ts';
import { catalog, lowerFile, lowerText, problemLines } from '../helpers/strata.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test.each([...languageFiles, ...examples])('$name has no problem', ({ name }) => {
    expect(problemLines(lowerFile(`${root}${name}`))).toEqual([]);
});

test('the catalog has no problem', () => {
    expect(catalogFiles.length).toBeGreaterThan(0);
    expect(problemLines(lower({ documents: catalog, catalog: [] }))).toEqual([]);
});

test('every statement of the table stands in a test of its own', () => {
    const text = languageFiles.map((file) => file.text).join('\n');
    const missing = statementRules.filter((rule) => !new RegExp(`(^|[\\s{])${rule.key.replace(' ', '\\s+')}(?![\\w-])`).test(text));
    expect(missing.map((rule) => rule.key)).toEqual([]);
});

test.each(documentationBlocks)('$name has no problem', ({ text }) => {
    expect(problemLines(lowerText(text))).toEqual([]);
});

describe.skipIf(contractBlocks.length === 0)('the contract (absent where only the repository is)', () => {
    test.each(contractBlocks)('$name has no problem', ({ text }) => {
        const whole = text.startsWith('process') ? `host rack1 { cpu 4 memory 8 GiB os linux\n${text}\n}` : text;
        expect(problemLines(lowerText(whole))).toEqual([]);
    });
});
