/** What build servers get of `strata check`: SARIF that its schema accepts, annotations that GitHub reads as they were meant, JSON. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv from 'ajv-draft-04';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { findingFormats, type PrintedFinding } from '#server/cli/finding-formats.ts';
import { type Outcome, strataIn } from '../helpers/command-line.ts';
import { entries, files, read, root } from '../helpers/repository.ts';

// Addresses are read below; one of the schema's patterns is no expression under the rules of Unicode.
const accepts = new Ajv({ allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

interface Location {
    readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
        readonly region: Region;
        readonly contextRegion?: { readonly snippet: { readonly text: string } };
    };
}
interface Region {
    readonly startLine: number;
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
}
interface SarifResult {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly locations: readonly Location[];
    readonly partialFingerprints: Readonly<Record<string, string>>;
    readonly fixes?: readonly {
        readonly artifactChanges: readonly {
            readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent?: { readonly text: string } }[];
        }[];
    }[];
}
interface SarifRun {
    readonly tool: { readonly driver: { readonly rules: readonly Readonly<Record<string, unknown>>[] } };
    readonly results: readonly SarifResult[];
}

const small = 'host a {\n  cpu 4 cores\n  memory 1 GiB\n  os debian\n  process p { cpu 1 core  memory 2 GiB }\n}\n';
/** Milliseconds: some seventy topologies, of which some are as large as they may be. */
const everyCheckInTime = 180_000;

let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-formats-'));
    const texts: Readonly<Record<string, string>> = {
        'over.strata': small,
        'later.strata': `// A comment above.\n${small.replace('2 GiB', '3 GiB')}`,
        'a b,c%.strata': small,
        'sub/one.strata': 'import "../base.strata"\nhost a extends box\n',
        'sub/two.strata': 'import "../base.strata"\nhost b extends box\n',
        'base.strata': 'template box for host {\n  cpu 2\n  memory 4 Gib\n  os debian\n}\n',
        'twice.strata': 'host a { cpu 4  memory 1 GiB  os debian\n  process p { threads 1  memory 1 }\n  process p { threads 1  memory 1 }\n}\n',
    };
    for (const [name, text] of Object.entries(texts)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
    }
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const strata = (...given: readonly string[]): Promise<Outcome> => strataIn(folder, given);
const sarifOf = async (...names: readonly string[]): Promise<SarifRun> => runOf((await strata('check', '--format', 'sarif', ...names)).stdout);

function runOf(text: string): SarifRun {
    const log = JSON.parse(text);
    accepts(log);
    expect(accepts.errors ?? []).toEqual([]);
    return log.runs[0];
}

describe('SARIF', () => {
    test('is refused by the schema where it is wrong', () => {
        expect(accepts({ version: '2.1.0', runs: [{ tool: { driver: { name: 'strata' } }, results: [{ message: {}, level: 'fatal' }] }] })).toBe(false);
    });

    const fixtures = files.filter((file) => /^(test\/checks\/[^/]+\/shows|examples\/).*\.strata$/.test(file));

    test(
        'stands up to its schema for the findings of every check',
        async () => {
            const { results, tool } = runOf((await strataIn(root, ['check', '--format', 'sarif', ...fixtures])).stdout);
            expect(new Set(results.map(({ ruleId }) => ruleId)).size).toBeGreaterThanOrEqual(
                entries('test/checks/').filter((entry) => entry.endsWith('/')).length,
            );
            for (const { ruleId, ruleIndex } of results) {
                expect(tool.driver.rules[ruleIndex]).toMatchObject({ id: ruleId });
            }
            for (const rule of tool.driver.rules) {
                expect(rule).toMatchObject({ shortDescription: { text: expect.any(String) }, help: { markdown: expect.stringContaining('**') } });
                expect(new URL(String(rule['helpUri'])).hash).toMatch(/^#L\d+$/);
            }
        },
        everyCheckInTime,
    );

    test('names files from a root that the reader knows, whatever is in their names', async () => {
        const { results } = await sarifOf('a b,c%.strata');
        expect(results[0]?.locations[0]?.physicalLocation.artifactLocation).toEqual({ uri: 'a%20b%2Cc%25.strata', uriBaseId: '%SRCROOT%' });
        const { stdout } = await strataIn(join(folder, 'sub'), ['check', '--format', 'sarif', '../over.strata']);
        const [outside] = runOf(stdout).results;
        expect(outside?.locations[0]?.physicalLocation.artifactLocation).toEqual({ uri: `file://${folder}/over.strata` });
    });

    test('quotes the line', async () => {
        const [finding] = (await sarifOf('over.strata')).results;
        expect(finding?.locations[0]?.physicalLocation.contextRegion?.snippet.text).toBe('  memory 1 GiB');
    });

    test('knows a finding again after its line has moved and its figures have changed, and tells equals apart', async () => {
        const prints = async (name: string): Promise<readonly string[]> =>
            (await sarifOf(name)).results.map(({ partialFingerprints }) => partialFingerprints['strata/v1'] ?? '');
        vi.stubEnv('GITHUB_WORKSPACE', '');
        const first = await prints('over.strata');
        writeFileSync(join(folder, 'over.strata'), `// A comment above.\n${small.replace('2 GiB', '3 GiB')}`);
        expect(await prints('over.strata')).toEqual(first);
        writeFileSync(join(folder, 'over.strata'), small);
        const twice = await prints('twice.strata');
        expect(new Set(twice).size).toBe(twice.length);
    });

    test('carries the quick fixes as edits that take the finding away', async () => {
        const [finding] = (await sarifOf('over.strata')).results;
        const [change] = finding?.fixes?.[0]?.artifactChanges ?? [];
        const document = TextDocument.create('', 'strata', 0, small);
        const fixed = TextDocument.applyEdits(
            document,
            (change?.replacements ?? []).map(({ deletedRegion: { startLine, startColumn, endLine, endColumn }, insertedContent }) => ({
                range: { start: { line: startLine - 1, character: startColumn - 1 }, end: { line: endLine - 1, character: endColumn - 1 } },
                newText: insertedContent?.text ?? '',
            })),
        );
        expect(fixed).not.toBe(small);
        writeFileSync(join(folder, 'fixed.strata'), fixed);
        expect(await strata('check', 'fixed.strata')).toMatchObject({ status: 0 });
    });
});

describe('GitHub annotations', () => {
    const finding: PrintedFinding = {
        code: 'a-b',
        severity: 'warning',
        message: '100 % of it\r\nis::gone,\u001b[31m red',
        file: 'a:b,c\n%.strata',
        start: { line: 3, column: 12 },
        end: { line: 3, column: 15 },
    };
    const whole = { ...finding, related: [], line: () => undefined, fixes: () => [] };

    test('escape what would end or begin something else', () => {
        expect([...findingFormats.github([whole], { directory: '/d', root: '/d' })]).toEqual([
            '::warning file=a%3Ab%2Cc%0A%25.strata,line=3,endLine=3,col=12,endColumn=15,title=a-b::100 %25 of it%0D%0Ais::gone,\ufffd[31m red\n',
        ]);
    });

    test('name no columns where a finding spans lines', () => {
        const [line] = findingFormats.github([{ ...whole, end: { line: 5, column: 2 } }], { directory: '/d', root: '/d' });
        expect(line).toContain(',line=3,endLine=5,title=');
    });

    test('name files from the root of the repository, wherever in it the step runs', async () => {
        vi.stubEnv('GITHUB_WORKSPACE', folder);
        const { stdout } = await strataIn(join(folder, 'sub'), ['check', '--format', 'github', 'one.strata', '../over.strata']);
        expect(stdout.match(/file=[^,]+/g)).toEqual(['file=over.strata', 'file=base.strata']);
    });
});

test('what two topologies find in a file that both import is said once', async () => {
    expect((await strata('check', 'sub/one.strata', 'sub/two.strata')).stdout.match(/unknown-unit/g)).toHaveLength(1);
});

test('JSON counts the findings by severity, and has their keys as the result has them', async () => {
    const { counts, findings } = JSON.parse((await strataIn(root, ['check', '--format', 'json', 'test/checks/cpu-throttled/shows.strata'])).stdout);
    expect(Object.values<number>(counts).reduce((sum, count) => sum + count, 0)).toBe(findings.length);
    const result = JSON.parse((await strataIn(root, ['simulate', '--json', 'test/checks/cpu-throttled/shows.strata'])).stdout);
    expect(findings).toEqual(result.findings);
    expect(read('docs/checks.md')).toContain(`## ${findings[0].code}`);
});
