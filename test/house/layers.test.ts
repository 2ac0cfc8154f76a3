/** The allow-lists of biome.json really refuse: each layer is tried with imports it may and may not have, in a scratch copy of the folders. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..');

interface Layer {
    /** A file of the layer that need not exist. */
    readonly file: string;
    readonly allowed: readonly string[];
    readonly refused: readonly string[];
}

interface Diagnostic {
    readonly category: string;
    readonly location: { readonly path: string; readonly start: { readonly line: number } };
}

const layers: readonly Layer[] = [
    {
        file: 'simulation/model/probe.ts',
        allowed: ['./units.ts', '../solver/water-filling.ts'],
        refused: [
            'langium',
            'node:fs',
            'fs',
            '#language/origins.ts',
            '#server/protocol.ts',
            '../../language/origins.ts',
            '../../node_modules/langium/index.js',
        ],
    },
    {
        file: 'language/checks/probe.ts',
        allowed: ['../origins.ts', '#simulation/model/ids.ts', 'langium', 'langium/lsp'],
        refused: ['node:fs', 'vscode', 'commander', '#server/protocol.ts', '../../server/protocol.ts', '../../simulation/model/ids.ts'],
    },
    {
        file: 'server/features/probe.ts',
        allowed: ['../protocol.ts', '#language/origins.ts', '#simulation/model/ids.ts', 'node:fs', 'node:fs/promises', 'vscode-languageserver/node'],
        refused: ['vscode', 'esbuild', 'fs', '../../client/extension/contributions.ts', '../../language/origins.ts'],
    },
    {
        file: 'server/cli/probe.ts',
        allowed: ['./command.ts', '../protocol.ts', 'commander', 'node:fs'],
        refused: ['vscode', 'vscode-languageclient/node', '../../client/preview/main.ts'],
    },
    {
        file: 'server/mcp/probe.ts',
        allowed: ['./tool.ts', '../analysis.ts', 'zod', '@modelcontextprotocol/server/stdio', 'node:fs'],
        refused: ['vscode', 'commander', '@modelcontextprotocol/client', '../../client/preview/main.ts'],
    },
    {
        file: 'server/picture/probe.ts',
        allowed: ['./layout.ts', '../protocol.ts', '#simulation/model/result.ts'],
        refused: ['node:fs', 'langium', '#language/origins.ts', '../cli/main.ts', 'vscode-languageserver'],
    },
    {
        file: 'server/protocol.ts',
        allowed: ['./preview-page.ts', './view-content.ts', './picture/shapes.ts'],
        refused: ['./analysis.ts', 'node:fs', '#simulation/model/ids.ts'],
    },
    {
        file: 'client/extension/probe.ts',
        allowed: ['./contributions.ts', '#server/protocol.ts', 'vscode', 'vscode-languageclient/node'],
        refused: ['node:fs', '#server/analysis.ts', '#language/origins.ts', '#simulation/simulate.ts', '../preview/main.ts', '../../server/protocol.ts'],
    },
    {
        file: 'client/preview/probe.ts',
        allowed: ['./page-state.ts', '#server/protocol.ts'],
        refused: ['vscode', 'node:fs', '#server/picture/layout.ts', '#simulation/model/ids.ts', '../extension/contributions.ts', '../../server/protocol.ts'],
    },
    {
        file: 'scripts/probe.ts',
        allowed: ['./test-counts.ts', 'node:fs', 'esbuild'],
        refused: ['vscode', '../simulation/simulate.ts', '../test/helpers/vscode-workbench.ts'],
    },
    // A folder that no rule covers may import nothing at all.
    { file: 'plugins/probe.ts', allowed: [], refused: ['./beside.ts', 'node:fs', '#simulation/simulate.ts'] },
];

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-layers-'));
/** `file:line` of every import that was refused. */
let refusals: ReadonlySet<string>;

beforeAll(() => {
    const { vcs: _, ...configuration } = JSON.parse(fs.readFileSync(path.join(root, 'biome.json'), 'utf8'));
    fs.writeFileSync(path.join(scratch, 'biome.json'), JSON.stringify(configuration));
    for (const { file, allowed, refused } of layers) {
        fs.mkdirSync(path.join(scratch, path.dirname(file)), { recursive: true });
        fs.writeFileSync(path.join(scratch, file), [...allowed, ...refused].map((specifier) => `import '${specifier}';\n`).join(''));
    }
    const biome = path.join(root, 'node_modules', '.bin', 'biome');
    const { stdout } = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none'], { cwd: scratch, encoding: 'utf8' });
    const { diagnostics }: { diagnostics: readonly Diagnostic[] } = JSON.parse(stdout);
    const found = diagnostics.filter(({ category }) => category === 'lint/style/noRestrictedImports');
    refusals = new Set(found.map(({ location }) => `${path.relative(scratch, path.resolve(scratch, location.path))}:${location.start.line}`));
});

afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

describe.each(layers)('$file', ({ file, allowed, refused }) => {
    test.each(allowed.map((specifier, index) => ({ specifier, line: index + 1 })))('may import $specifier', ({ line }) => {
        expect(refusals).not.toContain(`${path.normalize(file)}:${line}`);
    });
    test.each(refused.map((specifier, index) => ({ specifier, line: allowed.length + index + 1 })))('may not import $specifier', ({ line }) => {
        expect(refusals).toContain(`${path.normalize(file)}:${line}`);
    });
});
