/** Runs a tool of the project in the foreground, as an npm script would: on the project's Node, in its root folder. */
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** Whether the tool ended well; its output goes to the terminal. */
export function tryTool(name: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): boolean {
    const bin = path.join(root, 'node_modules', '.bin');
    const { status } = spawnSync(name, args, {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        shell: process.platform === 'win32',
        env: { ...process.env, PATH: bin + path.delimiter + (process.env['PATH'] ?? ''), ...environment },
    });
    return status === 0;
}

/** For a step that everything after it needs: ends this process where the tool fails. */
export function runTool(name: string, args: readonly string[]): void {
    if (!tryTool(name, args)) {
        console.error(`\`${name} ${args.join(' ')}\` failed.`);
        process.exit(1);
    }
}
