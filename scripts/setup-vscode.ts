/** Puts VS Code for the browser (code-server) into a cache folder from the npm registry alone: no compiler, no install scripts. */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** The release whose lib/vscode is VS Code 1.139.1; it runs on Node 24. */
const release = '4.139.1';

/** AI runtimes and foreign binaries that make up half of the installed size and that neither the tests nor `npm start` use. */
const unneeded = ['@github/copilot-sdk-linux-x64', '@microsoft/mxc-sdk', '@vscode/windows-process-tree'];

/** Installs once and keeps the folder between runs; returns the path of the program's entry file. */
export function setUpVsCode(): string {
    const home = process.env['STRATA_VSCODE_DIR'] ?? path.join(os.homedir(), '.cache', 'strata-vscode', release);
    const entry = path.join(home, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
    if (fs.existsSync(entry)) {
        return entry;
    }
    console.log(`Setting up VS Code for the browser in ${home} (once, about 370 MB) …`);
    const partial = `${home}.partial-${process.pid}`;
    fs.mkdirSync(partial, { recursive: true });
    try {
        install(partial);
        publish(partial, home);
    } finally {
        fs.rmSync(partial, { recursive: true, force: true });
    }
    return entry;
}

/** The three installs that code-server's own postinstall would do, less the compiling; the inner two are pinned by shrinkwrap files. */
function install(folder: string): void {
    fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'strata-vscode', private: true, dependencies: { 'code-server': release } }));
    npmInstall(folder, []);
    const vscode = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
    npmInstall(vscode, ['--omit=dev']);
    npmInstall(path.join(vscode, 'extensions'), ['--omit=dev']);
    for (const name of unneeded) {
        fs.rmSync(path.join(vscode, 'node_modules', name), { recursive: true, force: true });
    }
    const ripgrep = path.join(vscode, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
    for (const platform of fs.existsSync(ripgrep) ? fs.readdirSync(ripgrep) : []) {
        if (platform !== `${process.platform}-${process.arch}`) {
            fs.rmSync(path.join(ripgrep, platform), { recursive: true });
        }
    }
}

function npmInstall(folder: string, options: readonly string[]): void {
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...options], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
        shell: process.platform === 'win32',
        env: { ...process.env, PATH: path.dirname(process.execPath) + path.delimiter + (process.env['PATH'] ?? '') },
    });
}

/** One rename, so that an interrupted download or a second run at the same time never leaves half a VS Code under the final name. */
function publish(partial: string, home: string): void {
    try {
        fs.renameSync(partial, home);
    } catch (error) {
        if (!fs.existsSync(home)) {
            throw error;
        }
    }
}

if (import.meta.main) {
    console.log(setUpVsCode());
}
