/** A language server that dies or hangs comes back by itself, with the texts as they are in the editor and the picture beside them. */
import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { setup, suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { codesAt, extensionApi, fileUri, openFile, positionOf, revertAll, until } from './workspace.ts';

/** The language servers that this extension host has started; nothing where the system does not list processes as files. */
function serverProcesses(): readonly number[] {
    const processes = fs.existsSync('/proc') ? fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
    return processes.map(Number).filter((pid) => {
        try {
            const [, parent] = /^PPid:\s+(\d+)$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
            return Number(parent) === process.pid && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server.cjs');
        } catch {
            // It has ended meanwhile.
            return false;
        }
    });
}

/** Types what nobody saves (`memory` last), ends the server as given, and sees text, findings and picture come back from another one. */
async function survives(signal: NodeJS.Signals, memory: string): Promise<void> {
    const editor = await openFile('hosts.strata');
    const { shownPicture } = await extensionApi();
    await vscode.commands.executeCommand('strata.openPreviewToSide');
    const before = await until('the picture before', () => shownPicture()?.revision);
    const place = positionOf(editor.document, 'memory 16 GiB', 'memory '.length);
    await editor.edit((edit) => edit.replace(new vscode.Range(place, place.translate(0, '16 GiB'.length)), '3 GiB'));
    await until('the finding of what was typed', () => codesAt(fileUri('hosts.strata')).includes('memory-overcommit') || undefined);
    const text = editor.document.getText();

    const [pid] = serverProcesses();
    assert.ok(pid !== undefined, 'a language server runs');
    process.kill(pid, signal);
    await until('another server', () => serverProcesses().find((other) => other !== pid));
    await until('the end of the first', () => (serverProcesses().includes(pid) ? undefined : true));

    assert.equal(editor.document.getText(), text);
    assert.ok(editor.document.isDirty);
    await until('the finding from the new server', () => codesAt(fileUri('hosts.strata')).includes('memory-overcommit') || undefined);
    const next = positionOf(editor.document, 'memory 3 GiB', 'memory '.length);
    await editor.edit((edit) => edit.replace(new vscode.Range(next, next.translate(0, '3 GiB'.length)), memory));
    await until('no finding any more', () => (codesAt(fileUri('hosts.strata')).includes('memory-overcommit') ? undefined : true));
    await until('a picture of what was typed last', () => {
        const revision = shownPicture()?.revision;
        return revision === before ? undefined : revision;
    });
}

suite('a language server', () => {
    setup(function () {
        if (process.platform !== 'linux') {
            // Where processes are not listed under /proc, there is nothing to find the server by.
            this.skip();
        }
    });
    teardown(revertAll);

    test('that is killed is started again, and no edit is lost', async function () {
        this.timeout(240_000);
        await survives('SIGKILL', '48 GiB');
    });

    test('that hangs is noticed and replaced, and no edit is lost', async function () {
        // It may be silent for a while before it counts as hanging.
        this.timeout(240_000);
        // Not the memory of the test before, whose picture may still be the first that is seen here.
        await survives('SIGSTOP', '40 GiB');
    });
});
