/** Times the built language server over standard input and output, as an editor sees it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { figure, printFact, printTable, type Row } from './measure.ts';
import { type Served, serveBuilt } from './served.ts';
import { limitText, machinesPerHost, tooSmallText, virtualMachinesText } from './topologies.ts';

const uri = 'file:///bench/machines.strata';
/** Edits before the clock counts. */
const warmUp = 10;

/** Keystrokes in files of two sizes in turn: a memory limit crosses its working set, until that version's findings say so. */
export async function timeKeystrokes(sizes: readonly number[], edits: number): Promise<void> {
    const sessions = await Promise.all(sizes.map(openSession));
    const rows: Row[] = [];
    for (const session of sessions) {
        const lines = session.text.split('\n').length - 1;
        rows.push(
            { name: `${lines.toLocaleString('en')} lines: keystroke to finding`, samples: session.keystrokes },
            { name: `${lines.toLocaleString('en')} lines: completion after it`, samples: session.completions },
        );
    }
    for (let edit = -warmUp; edit < edits; edit++) {
        for (const session of sessions) {
            await keystroke(session, edit);
        }
    }
    printTable(`Server over stdio: ${edits} edits`, rows);
    for (const session of sessions) {
        printFact(`${session.text.split('\n').length - 1} lines: opening to findings, ms`, figure(session.opening));
        printFact(`${session.text.split('\n').length - 1} lines: resident memory, MB`, String(Math.round(session.served.memory() ?? Number.NaN)));
        await session.served.stop();
    }
}

interface Session {
    readonly served: Served;
    readonly text: string;
    /** Line and column of the limit that is edited, in the middle of the text. */
    readonly line: number;
    readonly character: number;
    readonly opening: number;
    readonly keystrokes: number[];
    readonly completions: number[];
}

async function openSession(machines: number): Promise<Session> {
    const text = virtualMachinesText(machines);
    const offset = text.indexOf(limitText, text.length / 2);
    const before = text.slice(0, offset).split('\n');
    const served = await serveBuilt();
    const started = performance.now();
    await served.open(uri, text);
    const opening = performance.now() - started;
    return { served, text, line: before.length - 1, character: before.at(-1)?.length ?? 0, opening, keystrokes: [], completions: [] };
}

async function keystroke({ served, line, character, keystrokes, completions }: Session, edit: number): Promise<void> {
    const isTooSmall = edit % 2 === 0;
    const range = { start: { line, character }, end: { line, character: character + limitText.length } };
    const started = performance.now();
    const found = await served.edit(uri, range, isTooSmall ? tooSmallText : limitText);
    const took = performance.now() - started;
    if (found.some((finding) => finding.code === 'memory-limit' && Math.abs(finding.range.start.line - line) <= 3) !== isTooSmall) {
        throw new Error(`The finding is ${isTooSmall ? 'missing' : 'still there'} after edit ${edit}.`);
    }
    const asked = performance.now();
    const list = await served.request<{ readonly items: readonly unknown[] } | readonly unknown[]>('textDocument/completion', {
        textDocument: { uri },
        position: { line: line + 1, character },
    });
    const answered = performance.now() - asked;
    if (('items' in list ? list.items : list).length === 0 && edit === 0) {
        throw new Error('Nothing was proposed.');
    }
    if (edit >= 0) {
        keystrokes.push(took);
        completions.push(answered);
    }
}

/** A folder of many files: until the findings of one that is opened at once are there, and until its symbols can be searched. */
export async function timeWorkspace(files: number, machines: number, edits: number): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'strata-bench-'));
    const machinesOf = (file: number): string => virtualMachinesText(machines, (file * machines) / machinesPerHost + file);
    const name = (file: number): string => `part${file}.strata`;
    let lines = 0;
    for (let file = 0; file < files; file++) {
        const text = machinesOf(file);
        lines += text.split('\n').length - 1;
        writeFileSync(join(folder, name(file)), text);
    }
    const started = performance.now();
    const served = await serveBuilt(pathToFileURL(folder).toString());
    await served.request('workspace/symbol', { query: 'v1' });
    await served.open(pathToFileURL(join(folder, name(0))).toString(), machinesOf(0));
    printTable(`Server over stdio: a workspace of ${lines.toLocaleString('en')} lines in ${files} files`, [
        { name: 'start to symbols and findings of an open file', samples: [performance.now() - started] },
    ]);
    printFact('resident memory, MB', String(Math.round(served.memory() ?? Number.NaN)));
    await served.stop();
    rmSync(folder, { recursive: true });
    if (edits > 0) {
        await timeImports(50, edits);
    }
}

/** One topology of 850 VMs in so many files, of which one is edited. */
async function timeImports(files: number, edits: number): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'strata-bench-'));
    const texts = Array.from({ length: files }, (_, file) => virtualMachinesText(17, file));
    for (const [file, text] of texts.entries()) {
        writeFileSync(join(folder, `part${file}.strata`), text);
    }
    writeFileSync(join(folder, 'all.strata'), texts.map((_, file) => `import "part${file}.strata"`).join('\n'));
    const served = await serveBuilt(pathToFileURL(folder).toString());
    const part = pathToFileURL(join(folder, 'part25.strata')).toString();
    const text = texts[25] ?? '';
    await served.open(part, text);
    const before = text.slice(0, text.indexOf(limitText)).split('\n');
    const start = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const range = { start, end: { ...start, character: start.character + limitText.length } };
    const samples: number[] = [];
    for (let edit = -warmUp; edit < edits; edit++) {
        const started = performance.now();
        await served.edit(part, range, edit % 2 === 0 ? tooSmallText : limitText);
        if (edit >= 0) {
            samples.push(performance.now() - started);
        }
    }
    printTable(
        `Server over stdio: one topology of ${(texts.join('').split('\n').length - 1).toLocaleString('en')} lines in ${files} files, ${edits} edits of one`,
        [{ name: 'keystroke to finding', samples }],
    );
    await served.stop();
    rmSync(folder, { recursive: true });
}
