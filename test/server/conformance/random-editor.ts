/** An editor that does anything in any order: opens, edits, closes, asks rightly and wrongly, and takes back what it asked. */
import { CancellationTokenSource, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { type Editor, type Encoding, hasCode } from '../language-client.ts';
import { misplaced, widthOf } from './answer-rules.ts';
import { malformed, type Place, pick, type Random, somePosition, wellFormed } from './request-maker.ts';

export interface RandomEditor {
    readonly texts: ReadonlyMap<string, string>;
    /** What went against the protocol, in words. */
    readonly offences: readonly string[];
    /** How many requests were settled, by how. */
    readonly outcomes: ReadonlyMap<string, number>;
    readonly step: () => Promise<void>;
    /** Waits for all that was asked. */
    readonly settle: () => Promise<void>;
}

/** How a request may be refused; anything else is a broken server. */
const refusals: ReadonlySet<number> = new Set([
    ErrorCodes.InvalidParams,
    LSPErrorCodes.RequestCancelled,
    LSPErrorCodes.ServerCancelled,
    LSPErrorCodes.ContentModified,
    LSPErrorCodes.RequestFailed,
]);

const pieces = [
    'host b { cpu 2 cores  memory 4 GiB  os debian }\n',
    '}\n',
    '{',
    '"ü☃𝒳"',
    '// ü𝒳\n',
    ' 4 GiB ',
    'process q { cpu 1 core }\n',
    '\n',
    'let x = 3\n',
    ' a.p ',
];

export function createRandomEditor(editor: Editor, methods: readonly string[], random: Random, encoding: Encoding): RandomEditor {
    const texts = new Map<string, string>();
    const closed: Place[] = [];
    const offences: string[] = [];
    const outcomes = new Map<string, number>();
    const pending = new Set<Promise<void>>();
    let names = 0;

    const count = (outcome: string): void => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    const place = (): Place => {
        const [uri, text] = pick([...texts], random);
        const gone = closed.at(-1);
        return random() < 0.1 && gone !== undefined ? gone : { uri, text };
    };
    const open = (): void => {
        names += 1;
        const text = startText(names);
        texts.set(editor.open(`${names}.strata`, text), text);
    };
    const close = (): void => {
        const [uri, text] = pick([...texts], random);
        texts.delete(uri);
        closed.push({ uri, text });
        editor.close(uri);
    };
    const edit = (): void => {
        const [uri, text] = pick([...texts], random);
        const from = boundary(text, Math.floor(random() * (text.length + 1)));
        const to = boundary(text, Math.min(text.length, from + Math.floor(random() * 12)));
        const piece = pick(pieces, random);
        const next = text.length > 4_000 ? startText(0) : text.slice(0, from) + piece + text.slice(to);
        texts.set(uri, next);
        if (text.length > 4_000) {
            editor.change(uri, next);
        } else {
            editor.edit(uri, { start: positionAt(text, from, encoding), end: positionAt(text, to, encoding) }, piece);
        }
    };
    const ask = (isQuiet: boolean): Promise<void> => {
        const about = place();
        const method = pick(methods, random);
        const right = wellFormed(about, somePosition(about, random), random);
        const isRight = isQuiet || random() < 0.6;
        const cancel = new CancellationTokenSource();
        const request = editor.request(method, isRight ? right : malformed(right, random), cancel.token).then(
            (answer) => {
                count('answered');
                // To resolve is to hand back what came, with what it lacked.
                const wrong = isQuiet && !method.endsWith('/resolve') ? misplaced(answer, about.uri, texts, encoding) : [];
                offences.push(...wrong.map((where) => `${method} points to nowhere: ${where}`));
            },
            (error: unknown) => {
                const code = error instanceof ResponseError || hasCode(error) ? error.code : 0;
                count(`refused with ${code}`);
                if (!refusals.has(code)) {
                    offences.push(`${method} failed with ${code}: ${String(error)}`);
                }
                if (isRight && code === ErrorCodes.InvalidParams) {
                    offences.push(`${method} refused what is right: ${String(error)}`);
                }
            },
        );
        if (!isQuiet && random() < 0.2) {
            cancel.cancel();
        }
        pending.add(request);
        return request.finally(() => pending.delete(request));
    };
    const settle = async (): Promise<void> => {
        await Promise.all(pending);
    };

    return {
        texts,
        offences,
        outcomes,
        settle,
        async step() {
            const dice = random();
            if (texts.size === 0 || (dice < 0.01 && texts.size < 4)) {
                open();
            } else if (dice < 0.02) {
                close();
            } else if (dice < 0.12) {
                edit();
            } else if (dice < 0.15) {
                await editor.notify(pick(['textDocument/didChange', 'textDocument/didOpen', 'workspace/didChangeWatchedFiles'], random), malformed({}, random));
            } else if (dice < 0.2) {
                await settle();
                await ask(true);
            } else {
                void ask(false);
            }
        },
    };
}

/** A topology with characters of every width in it. */
export function startText(name: number): string {
    return `// Größe ☃ 𝒳 ${name}\nhost a {\n  cpu 4 cores\n  memory 8 GiB\n  os debian\n  /* 𝒳𝒳 */ process p { cpu 1 core  memory 1 GiB }\n}\nexpect a.memory.headroom >= 10 %\n`;
}

/** Never inside of a character of two units, which no editor would send. */
function boundary(text: string, offset: number): number {
    return /[\udc00-\udfff]/.test(text[offset] ?? '') ? offset + 1 : offset;
}

function positionAt(text: string, offset: number, encoding: Encoding): { readonly line: number; readonly character: number } {
    const lines = text.slice(0, offset).split('\n');
    return { line: lines.length - 1, character: widthOf(lines.at(-1) ?? '', encoding) };
}
