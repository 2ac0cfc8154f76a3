/** Times LikeC4's language server beside ours: as many elements in as many lines, the same client, edit by edit in turn. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { figure, printFact, printTable } from './measure.ts';
import { type Served, serve, serveBuilt } from './served.ts';
import { limitText, machinesPerHost, tooSmallText, virtualMachinesText } from './topologies.ts';

const release = '1.59.4';
const warmUp = 10;

/** The end of a relation that is there, and one of the same length that is not. */
const right = '-> user';
const wrong = '-> usre';

interface Contender {
    readonly name: string;
    readonly served: Served;
    readonly uri: string;
    readonly text: string;
    /** What is edited, in the middle of the text, to and fro; the second makes a finding. */
    readonly texts: readonly [string, string];
    readonly samples: number[];
    readonly opening: number;
}

export async function timeBesideLikeC4(machines: number, edits: number): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'strata-bench-'));
    try {
        const program = install();
        const contenders = [
            await open(
                'LikeC4',
                () => serve([program, 'lsp', '--stdio'], 'likec4', pathToFileURL(folder).toString()),
                join(folder, 'model.c4'),
                likeC4Text(machines),
                [right, wrong],
            ),
            await open('Strata', () => serveBuilt(), join(folder, 'machines.strata'), virtualMachinesText(machines), [limitText, tooSmallText]),
        ];
        for (let edit = -warmUp; edit < edits; edit++) {
            for (const contender of contenders) {
                await change(contender, edit);
            }
        }
        const lines = contenders.map(({ text }) => (text.split('\n').length - 1).toLocaleString('en'));
        printTable(
            `Beside LikeC4 ${release}, ${machines} VMs with a container each: ${edits} edits in turn, until the finding comes or goes`,
            contenders.map(({ name, samples }, place) => ({ name: `${name}, ${lines[place]} lines`, beside: `LikeC4, ${lines[0]} lines`, samples })),
        );
        for (const { name, served, opening } of contenders) {
            printFact(`${name}: opening to findings, ms`, figure(opening));
            printFact(`${name}: resident memory, MB`, String(Math.round(served.memory() ?? Number.NaN)));
            await served.stop();
        }
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

async function open(name: string, start: () => Promise<Served>, file: string, text: string, texts: Contender['texts']): Promise<Contender> {
    writeFileSync(file, text);
    const uri = pathToFileURL(file).toString();
    const served = await start();
    const started = performance.now();
    await served.open(uri, text);
    return { name, served, uri, text, texts, samples: [], opening: performance.now() - started };
}

async function change({ name, served, uri, text, texts, samples }: Contender, edit: number): Promise<void> {
    const isWrong = edit % 2 === 0;
    const before = text.slice(0, text.indexOf(texts[0], text.length / 2)).split('\n');
    const start = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const range = { start, end: { ...start, character: start.character + texts[0].length } };
    const started = performance.now();
    const found = await served.edit(uri, range, texts[isWrong ? 1 : 0], (diagnostics) => diagnostics.length > 0 === isWrong);
    const took = performance.now() - started;
    if (found.some(({ range: at }) => Math.abs(at.start.line - start.line) <= 3) !== isWrong) {
        throw new Error(`${name}: the finding is ${isWrong ? 'missing' : 'still there'} after edit ${edit}.`);
    }
    if (edit >= 0) {
        samples.push(took);
    }
}

/** As many lines and elements as `virtualMachinesText` has: a host around 25 VMs with an engine, a container and a process each, and 13 lines a VM. */
function likeC4Text(machines: number): string {
    const lines = ['specification {', '  element node', '}', 'model {', '  node user'];
    for (let machine = 0; machine < machines; machine++) {
        if (machine % machinesPerHost === 0) {
            lines.push(`  node h${machine / machinesPerHost} 'host' {`, "    technology 'debian'", '    node kvm {');
        }
        lines.push(
            `      node v${machine} 'vm' {`,
            "        technology 'debian'",
            "        description '2 vCPUs, 4 GiB'",
            '        node docker {',
            "          node app 'container' {",
            "            technology 'nginx'",
            "            description '512 MiB'",
            '            node main',
            `            ${right}`,
            '          }',
            '        }',
            '      }',
        );
        if (machine % machinesPerHost === machinesPerHost - 1 || machine === machines - 1) {
            lines.push('    }', '  }');
        }
    }
    return `${[...lines, '}'].join('\n')}\n`;
}

/** LikeC4 is no dependency of Strata's: it is installed beside it, once, where this is asked for. */
function install(): string {
    const home = fileURLToPath(new URL(`../../.cache/likec4-${release}`, import.meta.url));
    const program = join(home, 'node_modules/likec4/bin/likec4.mjs');
    if (!existsSync(program)) {
        console.log(`\nInstalling LikeC4 ${release} in ${home} (once, about 130 MB) …`);
        mkdirSync(home, { recursive: true });
        writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true, dependencies: { likec4: release } }));
        execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
            cwd: home,
            stdio: ['ignore', 'ignore', 'inherit'],
            shell: process.platform === 'win32',
            env: { ...process.env, PATH: dirname(process.execPath) + delimiter + (process.env['PATH'] ?? '') },
        });
    }
    return program;
}
