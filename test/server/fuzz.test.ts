/** Whatever the text, it goes the whole way to findings and JSON: no stage throws, no figure is other than finite, and it ends in time. */

import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-languageserver';
import { type Analysis, analyse } from '#server/analysis.ts';
import { directSimulator } from '#server/direct-simulator.ts';
import { resultJson } from '#server/result-json.ts';
import { defaultScenario } from '#simulation/timeline/default-scenario.ts';
import { mutatedTexts } from '../helpers/mutated-texts.ts';
import { notFinite } from '../helpers/numbers.ts';
import { lowerText, testUri } from '../helpers/strata.ts';

/** More in the whole run: `STRATA_FUZZ=10000 npx vitest run test/server/fuzz.test.ts`. */
const mutations = Number(process.env['STRATA_FUZZ'] ?? 1500);
const chunks = 10;
const seed = 20261123;

/** No text of a few kilobytes may take longer than this, on a machine that does other things too; most take a hundredth. */
const slowest = 5000;

/** JSON of many replicas is long by right: no more than this is written. */
const enough = 300_000;

async function goTheWholeWay(text: string): Promise<Analysis> {
    const understanding = { root: testUri, sources: [], signature: '', lowered: lowerText(text), parses: true };
    const analysis = await analyse(understanding, directSimulator, CancellationToken.None);
    if (analysis === undefined) {
        throw new Error('Nothing came of it.');
    }
    expect(notFinite([analysis.lowered.topology, analysis.result, analysis.findings.map(({ facts, at }) => [facts, at])])).toBeUndefined();
    for (const { code, message } of analysis.findings) {
        expect(message, code).not.toMatch(/\bundefined\b|\bNaN\b|Infinity|\[object/);
        expect(code, message).not.toMatch(/^simulation-(failed|late)$/);
    }
    for (const detail of ['full', 'summary'] as const) {
        expect(written(analysis, detail)).not.toMatch(/[:,[ ](NaN|-?Infinity|null|undefined)\b/);
    }
    return analysis;
}

/** The JSON without its texts, whose words are the user's. */
function written(analysis: Analysis, detail: 'full' | 'summary'): string {
    const { result, findings, lowered, milliseconds } = analysis;
    const report = {
        file: 'fuzz.strata',
        fileOf: (uri: string) => uri,
        scenario: lowered.topology.scenarios[0] ?? defaultScenario,
        findings,
        origins: lowered.origins,
        milliseconds,
        ...(result && { result }),
    };
    let json = '';
    for (const part of resultJson(report, { detail, pairs: 'weakest' })) {
        json += part;
        if (json.length > enough) {
            return json.replaceAll(/"(\\.|[^"\\])*"/g, '""');
        }
    }
    expect(() => JSON.parse(json)).not.toThrow();
    return json.replaceAll(/"(\\.|[^"\\])*"/g, '""');
}

describe(`${mutations} seeded mutations of the examples`, () => {
    test.each(Array.from({ length: chunks }, (_, index) => index))(
        'part %i',
        async (part) => {
            for (const text of mutatedTexts(seed + part, Math.ceil(mutations / chunks))) {
                const started = performance.now();
                try {
                    await goTheWholeWay(text);
                } catch (error) {
                    throw new Error(`${error instanceof Error ? error.stack : String(error)}\n--- of this text:\n${text}`);
                }
                expect(performance.now() - started, text).toBeLessThan(slowest);
            }
        },
        600_000,
    );
});

const host = (body: string): string => `host a { cpu 8 memory 16 GiB os linux ${body} }`;

describe('the worst texts', () => {
    test.each([
        ['ten thousand levels of braces', `${'host a { '.repeat(10_000)}${'}'.repeat(10_000)}`],
        ['ten thousand levels of parentheses', `let x = ${'('.repeat(10_000)}1${')'.repeat(10_000)} host a { cpu x memory 1 GiB }`],
        ['one line of a megabyte', host('process p { cpu 0.1 memory 1 MiB } '.repeat(30_000))],
        ['a megabyte of replicas of everything', host(Array.from({ length: 20_000 }, (_, index) => `process p${index}[1000000] { cpu 0.1 }`).join(' '))],
        ['CRLF and a byte order mark', `\ufeff${host('\r\nprocess p {\r\n cpu 1\r\n memory 1 MiB\r\n}\r\n')}`],
        ['lone surrogates', host('process \ud800 { cpu 1 } label x "\udfff" process p\ud83d { }')],
        [
            'a thousand million replicas at each of four levels',
            'host a[1000000000] { cpu 1 memory 1 GiB os linux engine docker { slice s[1000000000] { container c[1000000000] { memory limit 1 GiB process p[1000000000] { cpu 1 memory 1 GiB } } } } }',
        ],
        [
            'division by zero, in a value and in a condition',
            `let x = 1 / 0 ${host('process p { cpu (1 / (1 - 1)) }')} expect a.cpu.granted / a.p.cpu.granted > 1`,
        ],
        ['overflow in every operator', `let x = 900000 TB * 900000 let y = 900000 TB + 900000 TB * 1000 M ${host('process p { memory x } disk d { size y }')}`],
        [
            'the largest values that fit',
            'host a[1000000000] { cpu 999999999 M memory 900000 TB os linux process p[1000000000] { cpu 999999999 M memory 900000 TB read 900000 TB/s } }',
        ],
        [
            'the smallest values that fit',
            host('slice s[1000000000] { cpu limit 0.000000001 mcores cpu weight 1 memory limit 1 B process p[1000000000] { cpu 1000 M memory 900000 TB } }'),
        ],
    ])(
        '%s',
        async (_, text) => {
            await goTheWholeWay(text);
        },
        30_000,
    );
});
