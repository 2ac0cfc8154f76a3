/** Neovim with the configuration that docs/editor.md gives: its own client, nothing of ours in it. Skipped where Neovim is not installed. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasNeovim } from '../../scripts/setup-neovim.ts';
import { blocks } from '../helpers/document-blocks.ts';
import { root } from '../helpers/repository.ts';

const home = mkdtempSync(join(tmpdir(), 'strata-neovim-'));
const file = join(home, 'a.strata');
const text = '// Größe\nhost a {\n  cpu 4 cores\n  memory 8 Gib\n  os debian\n}\nexpect a.memory.headroom >= 1 %\n';

/** What the editor does and writes down: one line of Lua for each thing that a person would do. */
const session = `
local out = {}
vim.cmd('edit ${file}')
local patient = function(what, holds) assert(vim.wait(20000, holds, 50), 'waited in vain for ' .. what) end
local ask = function(method, line, character, more)
  local params = vim.tbl_extend('force', { textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = line, character = character } }, more or {})
  local answers = assert(vim.lsp.buf_request_sync(0, method, params, 20000), method)
  for _, answer in pairs(answers) do assert(answer.error == nil, vim.inspect(answer.error)); return answer.result end
end
patient('the client', function() return #vim.lsp.buf_get_clients(0) > 0 end)
patient('a finding', function() return #vim.diagnostic.get(0) > 0 end)
out.diagnostics = vim.tbl_map(function(each) return { line = each.lnum, column = each.col, message = each.message } end, vim.diagnostic.get(0))
vim.api.nvim_buf_set_lines(0, 3, 4, false, { '  memory 8 GiB' })
patient('no finding', function() return #vim.diagnostic.get(0) == 0 end)
out.hover = ask('textDocument/hover', 1, 5).contents
local completion = ask('textDocument/completion', 6, 9)
out.completion = vim.tbl_map(function(each) return each.label end, completion.items or completion)
vim.api.nvim_win_set_cursor(0, { 2, 5 })
vim.lsp.buf.rename('rack')
patient('the new name', function() return vim.api.nvim_buf_get_lines(0, 6, 7, false)[1] == 'expect rack.memory.headroom >= 1 %' end)
out.renamed = vim.api.nvim_buf_get_lines(0, 0, -1, false)
vim.fn.writefile({ vim.fn.json_encode(out) }, '${join(home, 'out.json')}')
`;

interface Seen {
    readonly diagnostics: readonly { readonly line: number; readonly column: number; readonly message: string }[];
    readonly hover: { readonly value: string };
    readonly completion: readonly string[];
    readonly renamed: readonly string[];
}

describe.skipIf(!hasNeovim())('Neovim, where it is installed', () => {
    let seen: Seen;
    beforeAll(() => {
        const bin = join(home, 'bin');
        mkdirSync(bin);
        // The command as a user has it on the path, from the sources.
        writeFileSync(join(bin, 'strata'), `#!/bin/sh\nexec ${process.execPath} ${join(root, 'server', 'cli', 'main.ts')} "$@"\n`);
        chmodSync(join(bin, 'strata'), 0o755);
        const [configuration] = blocks.filter(({ document, language }) => document === 'docs/editor.md' && language === 'lua');
        writeFileSync(join(home, 'init.lua'), configuration?.text ?? '');
        writeFileSync(
            join(home, 'session.lua'),
            `local ok, wrong = xpcall(function()\n${session}\nend, debug.traceback)\nif not ok then io.stderr:write(wrong) end\nvim.cmd(ok and 'qa!' or 'cq!')\n`,
        );
        writeFileSync(file, text);
        const { status, stderr } = spawnSync('nvim', ['--headless', '--clean', '-u', join(home, 'init.lua'), '-S', join(home, 'session.lua')], {
            cwd: home,
            encoding: 'utf8',
            timeout: 110_000,
            env: {
                ...process.env,
                PATH: bin + delimiter + (process.env['PATH'] ?? ''),
                XDG_STATE_HOME: home,
                XDG_DATA_HOME: home,
                XDG_CONFIG_HOME: home,
                XDG_CACHE_HOME: home,
            },
        });
        expect(status, stderr).toBe(0);
        seen = JSON.parse(readFileSync(join(home, 'out.json'), 'utf8'));
    }, 120_000);
    afterAll(() => rmSync(home, { recursive: true, force: true }));

    test('shows findings at their place', () => {
        expect(seen.diagnostics).toContainEqual({ line: 3, column: 11, message: 'There is no unit `Gib`. Write `GiB`.' });
    });

    test('hovers', () => {
        expect(seen.hover.value).toContain('host');
    });

    test('completes the metrics of a host', () => {
        expect(seen.completion).toEqual(expect.arrayContaining(['memory.headroom']));
    });

    test('renames in every place', () => {
        expect(seen.renamed).toEqual(text.replace('8 Gib', '8 GiB').replace('host a', 'host rack').replace('expect a', 'expect rack').trimEnd().split('\n'));
    });
});
