/** The server as LSP 3.18 wants it: every request is answered or refused, whatever an editor sends, and what it knows at the end is what a fresh one knows. */
import { afterEach, describe, expect, test } from 'vitest';
import { ErrorCodes, type Position } from 'vscode-languageserver';
import { effort, patience } from '../../helpers/effort.ts';
import { randomFrom } from '../../helpers/mutated-texts.ts';
import { connectEditor, type Editor, type Encoding, openEditor, serveHere } from '../language-client.ts';
import { positionsIn, widthOf } from './answer-rules.ts';
import { declaredRequests } from './declared-requests.ts';
import { createRandomEditor, startText } from './random-editor.ts';
import { recordFeatures } from './recorded-features.ts';
import { wellFormed } from './request-maker.ts';

const editors: Editor[] = [];
async function keep(starting: Promise<Editor>): Promise<Editor> {
    const editor = await starting;
    editors.push(editor);
    return editor;
}
afterEach(async () => {
    await Promise.all(editors.splice(0).map((editor) => editor.shutdown()));
});

/** Every request that the server takes, with the editor that it was started for. */
async function start(encoding: Encoding = 'utf-16'): Promise<{ readonly editor: Editor; readonly methods: readonly string[] }> {
    const { features, methods } = recordFeatures();
    return { editor: await keep(connectEditor(serveHere({ features }), { ability: 'asks for findings', encoding })), methods };
}

const middle = (): number => 0.5;

test('every request that is declared is taken, and every one that is taken and is no extension is declared', async () => {
    const { editor, methods } = await start();
    const declared = declaredRequests(editor.capabilities);
    expect(declared.length).toBeGreaterThan(20);
    expect([...declared].sort()).toEqual(methods.filter((method) => !method.startsWith('strata/')).sort());
});

describe('whatever an editor sends in whatever order', () => {
    const messages = effort({ gate: 2_000, soak: 25_000 });

    test.each(['utf-16', 'utf-8'] as const)(
        'is answered or refused, counted in %s, and leaves the server with what a fresh one knows',
        { timeout: patience },
        async (encoding) => {
            const { editor, methods } = await start(encoding);
            expect(editor.capabilities.positionEncoding).toBe(encoding);
            const random = createRandomEditor(editor, methods, randomFrom(encoding === 'utf-8' ? 8 : 16), encoding);
            for (let sent = 0; sent < messages; sent += 1) {
                await random.step();
            }
            await random.settle();
            expect([...new Set(random.offences)]).toEqual([]);
            expect(editor.log.filter((line) => line.includes('failed'))).toEqual([]);
            expect([...random.outcomes.keys()]).toEqual(expect.arrayContaining(['answered', `refused with ${ErrorCodes.InvalidParams}`]));
            expect(random.texts.size).toBeGreaterThan(0);

            const fresh = await start(encoding);
            for (const [uri, text] of random.texts) {
                fresh.editor.open(uri, text);
            }
            const same = async (uri: string, text: string, compared: readonly string[]): Promise<void> => {
                for (const line of text.split('\n').keys()) {
                    const params = wellFormed({ uri, text }, { line, character: 4 }, middle);
                    for (const method of compared) {
                        const answer = withoutVersions(await answerOf(editor, method, params));
                        expect(answer, `${method} on line ${line} of ${uri}`).toEqual(withoutVersions(await answerOf(fresh.editor, method, params)));
                    }
                }
            };
            for (const [uri, text] of random.texts) {
                await same(
                    uri,
                    text,
                    methods.filter((method) => isAboutText(method) && !isAboutLastGood(method)),
                );
                // Of a text that is broken, these show the last one that was not, which a fresh server has never seen.
                editor.change(uri, startText(0));
                fresh.editor.change(uri, startText(0));
                await same(uri, startText(0), methods.filter(isAboutLastGood));
            }
        },
    );
});

test('no handler breaks on a member that is left out, at whatever depth', { timeout: patience }, async () => {
    const { editor, methods } = await start();
    const text = startText(0);
    const uri = editor.open('a.strata', text);
    for (const params of lackingOne(wellFormed({ uri, text }, { line: 1, character: 4 }, () => 0.1))) {
        await Promise.all(methods.map((method) => answerOf(editor, method, params)));
    }
    expect(editor.log.filter((line) => line.includes('failed'))).toEqual([]);
});

describe('an editor that counts in UTF-8', () => {
    const text =
        '/* Größe ☃ 𝒳 */ host a {\n  cpu 4 cores /* 𝒳ü */ memory 8 Gib\n  os debian\n  /* ☃ */ process p { cpu 1 core  memory 1 GiB }\n}\n/* 𝒳 */ expect a.memory.headroom >= 99 %\n';
    const lines = text.split('\n');
    const bytes = ({ line, character }: Position): Position => ({ line, character: widthOf((lines[line] ?? '').slice(0, character), 'utf-8') });

    test('is given the answers that one in UTF-16 is given, at the same places of the text', { timeout: patience }, async () => {
        const [units, octets] = await Promise.all([start('utf-16'), start('utf-8')]);
        const uri = units.editor.open('a.strata', text);
        octets.editor.open('a.strata', text);
        let compared = 0;
        for (const [line, { length }] of lines.entries()) {
            for (let character = 0; character <= length; character += 7) {
                const at = { line, character };
                for (const method of units.methods.filter((each) => isAboutText(each) && !each.includes('semanticTokens'))) {
                    const answer = await answerOf(units.editor, method, wellFormed({ uri, text }, at, middle));
                    const other = await answerOf(octets.editor, method, wellFormed({ uri, text }, bytes(at), middle));
                    const turned = [...positionsIn(answer, uri)].map((found) => (found.uri === uri ? bytes(found.position) : found.position));
                    expect(
                        [...positionsIn(other, uri)].map(({ position }) => position),
                        `${method} at ${line}:${character}`,
                    ).toEqual(turned);
                    compared += turned.length;
                }
            }
        }
        expect(compared).toBeGreaterThan(100);
    });

    test('is given the tokens of the names that stand there', async () => {
        const { editor } = await start('utf-8');
        const uri = editor.open('a.strata', text);
        const { data } = await editor.request<{ data: readonly number[] }>('textDocument/semanticTokens/full', { textDocument: { uri } });
        const words: string[] = [];
        let at = { line: 0, character: 0 };
        for (let index = 0; index < data.length; index += 5) {
            const [lineDelta = 0, characterDelta = 0, length = 0] = data.slice(index, index + 3);
            at = { line: at.line + lineDelta, character: (lineDelta === 0 ? at.character : 0) + characterDelta };
            words.push(
                Buffer.from(lines[at.line] ?? '')
                    .subarray(at.character, at.character + length)
                    .toString(),
            );
        }
        expect(words).toEqual(['a', 'debian', 'p', 'a', 'memory', 'headroom']);
    });

    test('may edit behind characters of any width', async () => {
        const { editor } = await start('utf-8');
        const uri = editor.open('a.strata', text);
        const at = bytes({ line: 1, character: (lines[1] ?? '').indexOf('Gib') });
        editor.edit(uri, { start: at, end: { line: at.line, character: at.character + 3 } }, 'GiB');
        const { items } = await editor.request<{ items: readonly { code: string }[] }>('textDocument/diagnostic', { textDocument: { uri } });
        expect(items.map(({ code }) => code)).toEqual(['expectation-failed']);
    });

    test('is counted for in UTF-16 where it offers nothing that the server knows', async () => {
        const editor = await keep(openEditor());
        expect(editor.capabilities.positionEncoding).toBe('utf-16');
    });
});

describe('a handler that throws', () => {
    test('is answered with an error and reported once, whichever it is, and the server goes on', async () => {
        const { features, methods } = recordFeatures(() => () => {
            throw new Error('forced');
        });
        const editor = await keep(connectEditor(serveHere({ features })));
        const text = 'host a { cpu 4 cores  memory 8 GiB  os debian }\n';
        const uri = editor.open('a.strata', text);
        for (const [index, method] of methods.entries()) {
            const asked = editor.request(method, wellFormed({ uri, text }, { line: 0, character: 5 }, middle));
            await expect(asked, method).rejects.toMatchObject({ code: ErrorCodes.InternalError, message: `${method} failed: forced` });
            expect(editor.log.filter((line) => line.startsWith(`${method} failed: Error: forced`))).toHaveLength(1);
            expect(editor.log).toHaveLength(index + 1);
        }
        expect(methods.length).toBeGreaterThan(25);
        editor.change(uri, text.replace('8 GiB', '8 Gib'));
        expect(await editor.diagnostics(uri)).toMatchObject([{ code: 'unknown-unit' }]);
    });
});

/** What a request says of a text, and not of the time or of what was asked before. */
function isAboutText(method: string): boolean {
    return !['workspace/diagnostic', 'workspace/symbol', 'completionItem/resolve', 'strata/catalogText'].includes(method);
}

function isAboutLastGood(method: string): boolean {
    return ['strata/view', 'strata/export', 'strata/tree', 'strata/summary'].includes(method);
}

/** Copies of a value, each without another one of its members. */
function* lackingOne(value: unknown): Generator<unknown> {
    if (typeof value !== 'object' || value === null) {
        return;
    }
    for (const [key, member] of Object.entries(value)) {
        if (!Array.isArray(value)) {
            yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
        }
        for (const lacking of lackingOne(member)) {
            yield Array.isArray(value) ? value.with(Number(key), lacking) : { ...value, [key]: lacking };
        }
    }
}

async function answerOf(editor: Editor, method: string, params: unknown): Promise<unknown> {
    try {
        return await editor.request(method, params);
    } catch (error) {
        return { refused: String(error) };
    }
}

/** How often a text was edited, and which number an answer has, is a matter of each server's life. */
function withoutVersions(answer: unknown): unknown {
    return JSON.parse(JSON.stringify(answer ?? null, (key, value: unknown) => (key === 'version' || key === 'resultId' ? undefined : value)));
}
