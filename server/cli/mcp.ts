/** `strata mcp`: tools for agents, over the Model Context Protocol. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CannotWork } from './cannot-work.ts';
import type { CliCommand } from './command.ts';

export const mcp: CliCommand = {
    name: 'mcp',
    register: (program, run) => {
        program
            .command('mcp')
            .description('serve tools for agents over the Model Context Protocol, on standard input and output; reads and never writes')
            .option('--root <folders...>', 'folders below which files may be read (default: the working directory)')
            .action(
                run(async (terminal, { root = ['.'] }: { readonly root?: readonly string[] }) => {
                    const folders = root.map((folder) => folderOf(terminal.directory, folder));
                    // Loaded when it is wanted, since no other command has a use for it.
                    const { serveMcp } = await import('../mcp/serve-mcp.ts');
                    const [first = terminal.directory, ...others] = folders;
                    await serveMcp([first, ...others], (error) => terminal.complain(`strata: ${error.message}`));
                    return 0;
                }),
            );
    },
};

function folderOf(directory: string, name: string): string {
    const folder = resolve(directory, name);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
        throw new CannotWork(`${name}: no such folder`);
    }
    return folder;
}
