/** The packaged extension wherever a team's VS Code may be: folders that nobody trusts, no disk, several folders, several windows. */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepPictures, startVsCode, type VsCode, type Workbench } from '../helpers/vscode-workbench.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const spare = 'host spare {\n  cpu 4 cores\n  memory 8 GiB\n  os debian\n}\n';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-homes-'));
/** An extension of the tests: what the build made of it, packaged with its manifest. */
const virtualFiles = path.join(home, 'virtual-files.vsix');
/** One VS Code for the homes that are opened alike. */
let trusting: VsCode;
beforeAll(async () => {
    const folder = path.join(home, 'virtual-files');
    fs.cpSync(path.join(root, 'test', 'output', 'virtual-files'), folder, { recursive: true });
    fs.copyFileSync(path.join(import.meta.dirname, 'virtual-files', 'package.json'), path.join(folder, 'package.json'));
    const vsce = path.join(root, 'node_modules', '.bin', 'vsce');
    execFileSync(vsce, ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', virtualFiles], { cwd: folder, stdio: 'pipe' });
    trusting = await startVsCode({ extensions: [virtualFiles] });
});
afterAll(async () => {
    await trusting?.stop();
    fs.rmSync(home, { recursive: true, force: true });
});

function see(name: string, run: (code: VsCode) => Promise<void>): void {
    test(name, () => keepPictures(trusting, name, run));
}

/** Writes files below a folder of the test's own. */
function write(folder: string, texts: Readonly<Record<string, string>>): string {
    for (const [name, text] of Object.entries(texts)) {
        const file = path.join(home, folder, name);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, text);
    }
    return path.join(home, folder);
}

/** The lines of the Problems view. */
async function problems(workbench: Workbench): Promise<readonly string[]> {
    const rows = await workbench.page.locator('.markers-panel .monaco-list-row').allTextContents();
    return rows.map((row) => row.replaceAll(/\s+/g, ' ').trim());
}

async function showProblems(workbench: Workbench): Promise<void> {
    await workbench.runCommand('Problems: Focus on Problems View');
    await workbench.page.locator('.markers-panel').waitFor();
}

async function showsPicture(workbench: Workbench, element: string): Promise<void> {
    await workbench.focusEditor();
    await workbench.page.keyboard.press('Control+k');
    await workbench.page.keyboard.press('v');
    await workbench.preview.locator(`[data-element="${element}"]`).first().waitFor();
}

/** Why the picture can't be compared with a commit. */
async function saysOfCommit(workbench: Workbench, because: string): Promise<void> {
    await workbench.preview.getByRole('tab', { name: 'Compare' }).click();
    await workbench.preview.getByText(`Nothing to compare with: ${because}`).waitFor();
}

const asksForTrust = { asksForTrust: true, settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' } };

/** What *Tasks: Run Task* leads to, in two steps: the kinds of task, or the question whether this folder is trusted. */
async function askForTasks(workbench: Workbench): Promise<void> {
    await workbench.page.keyboard.press('F1');
    await workbench.page.locator('.quick-input-widget input').first().fill('>Tasks: Run Task');
    await choice(workbench, 'Tasks: Run Task').click();
}

const choice = (workbench: Workbench, text: string): Locator => workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();

const untrusted = 'in a folder that nobody trusts it judges and draws what is there, offers no task, and leaves alone what is outside; trust brings the rest';
test(untrusted, async () => {
    const code = await startVsCode(asksForTrust);
    await keepPictures(code, untrusted, distrust).finally(() => code.stop());
});

async function distrust(code: VsCode): Promise<void> {
    write('', { 'outside.strata': spare });
    const folder = write('untrusted', {
        'main.strata': 'import "../outside.strata"\nimport "inside.strata"\n',
        'inside.strata': spare.replace('spare', 'inside'),
    });
    const workbench = await code.open(folder);
    await workbench.openFile('main.strata');
    await showProblems(workbench);
    await expect.poll(() => problems(workbench)).toContainEqual(expect.stringMatching(/outside\.strata` can't be read: it stands outside of the folders/));
    await showsPicture(workbench, 'inside');
    await saysOfCommit(workbench, 'in a workspace that nobody has trusted yet, git is not asked');
    await askForTasks(workbench);
    const question = workbench.page.locator('.monaco-dialog-box').filter({ hasText: 'running tasks requires' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'hidden' });
    expect(await choice(workbench, 'strata').count()).toBe(0);
    await workbench.runCommand('Workspaces: Manage Workspace Trust');
    await workbench.page.getByRole('button', { name: 'Trust', exact: true }).first().click();
    await expect.poll(() => problems(workbench)).toEqual([]);
    await askForTasks(workbench);
    await choice(workbench, 'strata').click();
    await choice(workbench, 'strata: check').waitFor();
}

see('on a file system that is no disk it follows imports and draws', async (code) => {
    const workbench = await code.open('vscode-vfs://somewhere/');
    await workbench.openFile('main.strata');
    await showProblems(workbench);
    await expect.poll(() => problems(workbench)).toContainEqual(expect.stringMatching(/spare\.memory\.headroom/));
    await showsPicture(workbench, 'spare');
    await saysOfCommit(workbench, 'the file is not on a disk that git can read');
});

see('of several folders it knows every file, also those that are not open, and imports from one into the other', async (code) => {
    const folder = write('several', {
        'one/main.strata': 'import "../two/spare.strata"\nexpect spare.memory.headroom >= 99 %\n',
        'two/spare.strata': spare,
        'two/broken.strata': 'host broken { cpu 4 cores  memory 8 Gib  os debian }\n',
        'both.code-workspace': JSON.stringify({ folders: [{ path: 'one' }, { path: 'two' }] }),
    });
    const workbench = await code.open(path.join(folder, 'both.code-workspace'));
    await workbench.page.getByRole('treeitem', { name: 'one' }).first().waitFor();
    await workbench.openByName('main.strata');
    await showProblems(workbench);
    await expect
        .poll(() => problems(workbench))
        .toEqual(expect.arrayContaining([expect.stringMatching(/spare\.memory\.headroom/), expect.stringMatching(/Gib/)]));
});

see('two windows have a server each: what is typed in one is not in the other, and one goes on when the other is closed', async (code) => {
    const [first, second] = [write('first', { 'a.strata': spare }), write('second', { 'a.strata': spare })];
    const left = await code.open(first);
    const right = await code.open(second);
    await left.openFile('a.strata');
    await right.openFile('a.strata');
    await left.goTo(3, 1);
    await left.page.keyboard.type('nonsense ');
    await left.page.keyboard.press('Escape');
    await left.editor.locator('.squiggly-error').first().waitFor();
    await showsPicture(right, 'spare');
    expect(await right.editor.locator('.squiggly-error').count()).toBe(0);
    await left.close();
    await right.goTo(3, 1);
    await right.page.keyboard.type('nonsense ');
    await right.page.keyboard.press('Escape');
    await right.editor.locator('.squiggly-error').first().waitFor();
});
