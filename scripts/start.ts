/** `npm start`: builds the extension and opens VS Code with it on examples/. Option: --desktop (never the one in the browser). */
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { startCodeServer } from './code-server.ts';
import { runTool } from './run-tool.ts';

const root = path.resolve(import.meta.dirname, '..');
const examples = path.join(root, 'examples');
const windows = process.platform === 'win32';

if (hasDesktopVsCode()) {
    runTool('node', ['esbuild.mjs']);
    openDesktop();
} else if (process.argv.includes('--desktop')) {
    console.error('There is no `code` on the PATH: install it from VS Code with "Shell Command: Install \'code\' command in PATH".');
    process.exitCode = 1;
} else {
    runTool('npm', ['run', '--silent', 'package']);
    await serve();
}

function hasDesktopVsCode(): boolean {
    return spawnSync('code', ['--version'], { stdio: 'ignore', shell: windows }).status === 0;
}

function openDesktop(): void {
    runTool('code', ['--new-window', `--extensionDevelopmentPath=${root}`, examples]);
    console.log('VS Code is open on examples/ with the extension.');
}

/** Stays up until it is interrupted; the server ends with this process. */
async function serve(): Promise<void> {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(signal, () => process.exit(0));
    }
    const server = await startCodeServer({
        extensions: [path.join(root, 'strata.vsix')],
        port: Number(process.env['PORT'] ?? 0),
        settings: { 'workbench.startupEditor': 'readme' },
    });
    console.log(`\nVS Code with Strata is open on examples/ at\n\n    ${server.address(examples)}\n\nCtrl+C ends it.`);
    await server.ended;
    console.error('VS Code for the browser ended by itself.');
    process.exitCode = 1;
}
