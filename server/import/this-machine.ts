/** What can be known of the machine that this runs on, as a project of texts: nothing is asked of the network, and nothing is changed. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import * as os from 'node:os';
import { join } from 'node:path';
import type { ImportProject } from '#language/import/importer.ts';
import {
    cpuinfoFile,
    cpuLimitFile,
    disksFile,
    machineFiles,
    memoryFile,
    memoryLimitFile,
    networkFile,
    nodeFile,
    processorsFile,
    systemFile,
} from '#language/import/this-machine/machine-texts.ts';

/** In milliseconds. Both programs only read; one that hangs on a broken disk is as good as none. */
const patience = 1500;
const cards = '/sys/class/net';

/** As a person would look for it. */
const shown: ReadonlyMap<string, string> = new Map([
    [nodeFile, 'Node.js'],
    [processorsFile, 'lscpu -J'],
    [disksFile, 'lsblk -J -b'],
    [networkFile, cards],
    [memoryFile, '/proc/meminfo'],
    [cpuinfoFile, '/proc/cpuinfo'],
    [systemFile, '/etc/os-release'],
]);

export function thisMachineProject(): ImportProject {
    const group = ownControlGroup();
    const texts = new Map<string, string | undefined>([
        [
            nodeFile,
            JSON.stringify({ machine: [{ hostname: os.hostname(), platform: os.platform(), arch: os.arch(), cpus: os.cpus().length, memory: os.totalmem() }] }),
        ],
        [processorsFile, run('lscpu', '-J')],
        [disksFile, run('lsblk', '-J', '-b', '-o', 'NAME,TYPE,SIZE')],
        [networkFile, networkCards()],
        [memoryFile, read('/proc/meminfo')],
        [cpuinfoFile, read('/proc/cpuinfo')],
        [systemFile, read('/etc/os-release') ?? read('/usr/lib/os-release')],
        [cpuLimitFile, read(join(group, 'cpu.max'))],
        [memoryLimitFile, read(join(group, 'memory.max'))],
    ]);
    return {
        name: os.hostname(),
        files: machineFiles.filter((name) => texts.get(name) !== undefined),
        read: (path) => {
            const text = texts.get(path);
            return text === undefined ? { kind: 'unreadable', because: 'this machine has no such thing' } : { kind: 'text', text };
        },
        nameOf: (path) => shown.get(path) ?? path,
    };
}

/** Their own language is English, so that nothing depends on the user's. */
function run(program: string, ...given: readonly string[]): string | undefined {
    try {
        return execFileSync(program, given, { encoding: 'utf8', timeout: patience, env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'ignore'] });
    } catch {
        return undefined;
    }
}

function read(path: string): string | undefined {
    try {
        return readFileSync(path, 'utf8');
    } catch {
        return undefined;
    }
}

/** The folder of the control group of this process, version 2. */
function ownControlGroup(): string {
    const path = read('/proc/self/cgroup')
        ?.split('\n')
        .find((line) => line.startsWith('0::'))
        ?.slice('0::'.length);
    return join('/sys/fs/cgroup', path ?? '');
}

/** A card whose device stands among the virtual ones is a bridge, a tunnel or one end of a pair. */
function networkCards(): string | undefined {
    try {
        const found = readdirSync(cards).map((name) => ({
            name,
            type: read(join(cards, name, 'type'))?.trim() ?? '',
            speed: read(join(cards, name, 'speed'))?.trim() ?? '',
            isVirtual: realpathSync(join(cards, name)).includes('/virtual/'),
        }));
        return JSON.stringify(found);
    } catch {
        return undefined;
    }
}
