/**
 * Runs `scripts/<name>.ts` with all it needs: installs the packages when they are missing or out of date, then goes on with Node 24 from them.
 *
 * This is the one script that a fresh clone starts with whatever Node the machine has, so it is plain JavaScript and imports no package.
 */
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const bin = path.join(root, 'node_modules', '.bin');
const windows = process.platform === 'win32';
const node = path.join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

const [name, ...args] = process.argv.slice(2);
if (!installed()) {
    install();
}
run(name, args);

/** Whether every package of the lockfile is there in the locked version; npm's own record in node_modules tells. */
function installed() {
    const record = readJson(path.join(root, 'node_modules', '.package-lock.json'));
    const lock = readJson(path.join(root, 'package-lock.json'));
    if (record === undefined || lock === undefined || !fs.existsSync(node)) {
        return false;
    }
    // Optional packages of other platforms stand in the lockfile and are rightly absent.
    return Object.entries(lock.packages).every(([folder, wanted]) => {
        const present = record.packages[folder];
        return folder === '' || (present === undefined ? wanted.optional === true : present.version === wanted.version);
    });
}

function install() {
    console.log('Installing the packages (npm ci) …');
    const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        shell: windows,
    });
    if (status !== 0) {
        console.error(error === undefined ? `npm ci failed with exit code ${status}.` : `npm ci could not be started: ${error.message}`);
        process.exit(1);
    }
}

/** The child gets the same signals from the terminal; this process only waits and passes on how it ended. */
function run(script, options) {
    const child = spawn(node, [path.join(root, 'scripts', `${script}.ts`), ...options], {
        cwd: root,
        stdio: 'inherit',
        env: { ...process.env, PATH: bin + path.delimiter + process.env.PATH },
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
        process.on(signal, () => child.kill(signal));
    }
    child.on('exit', (code, signal) => {
        process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
        process.exit();
    });
}

function readJson(file) {
    try {
        return JSON.parse(fs.readFileSync(file, 'utf8'));
    } catch {
        return undefined;
    }
}
