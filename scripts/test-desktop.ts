/**
 * Runs the tests of test/vscode/host in a desktop VS Code that @vscode/test-electron downloads; `VSCODE_VERSION` chooses one.
 *
 * Not part of `npm test` and not run in continuous integration, which has no desktop VS Code: there the same compiled tests run in
 * VS Code for the browser (test-host.ts).
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { runTool } from './run-tool.ts';

const root = path.resolve(import.meta.dirname, '..');

runTool('node', ['esbuild.mjs']);
const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-workspace-'));
try {
    fs.cpSync(path.join(root, 'test', 'vscode', 'workspace'), workspace, { recursive: true });
    process.exitCode = await runTests({
        version: process.env['VSCODE_VERSION'] ?? 'stable',
        extensionDevelopmentPath: root,
        extensionTestsPath: path.join(root, 'test', 'output', 'host-tests.cjs'),
        launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust'],
    });
} finally {
    fs.rmSync(workspace, { recursive: true, force: true });
}
