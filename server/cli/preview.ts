/** `strata preview FILE`: the preview in a browser, drawn anew whenever the file is written. */
import { isAbsolute, relative, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { errorText } from '../error-text.ts';
import { followFile, type LiveFile } from '../preview-host/live-file.ts';
import { openBrowser } from '../preview-host/open-browser.ts';
import { type PreviewServer, servePreview } from '../preview-host/preview-server.ts';
import type { PageAnswer, PageRequest } from '../protocol.ts';
import { readTextFile } from '../text-file.ts';
import { CannotWork } from './cannot-work.ts';
import type { CliCommand } from './command.ts';
import { interruption } from './interruption.ts';
import type { Terminal } from './terminal.ts';

interface PreviewOptions {
    readonly port: number;
    readonly open: boolean;
}

export const preview: CliCommand = {
    name: 'preview',
    register: (program, run) => {
        program
            .command('preview')
            .description('show a file in the browser and follow it as it is written; ends with Ctrl-C')
            .argument('<file>', 'file to show')
            .addOption(new Option('--port <number>', 'port on 127.0.0.1').argParser(parsePort).default(0, 'any free one'))
            .option('--no-open', 'do not open a browser')
            .action(
                run(async (terminal, file: string, options: PreviewOptions) => {
                    const path = resolve(terminal.directory, file);
                    const read = readTextFile(path);
                    if (read.kind !== 'text') {
                        throw new CannotWork(`${file}: ${read.because}`);
                    }
                    await show(path, options, terminal);
                    return 0;
                }),
            );
    },
};

async function show(path: string, { port, open }: PreviewOptions, terminal: Terminal): Promise<void> {
    let server: PreviewServer | undefined;
    const live = followFile(path, {
        onChanged: () => server?.notify({ kind: 'changed' }),
        onTrouble: (error) => terminal.complain(`strata: this is a bug in strata: ${errorText(error)}`),
    });
    try {
        server = await servePreview({ port, greeting: { kind: 'file', name: live.name }, answer: (request) => answer(request, live, terminal) }).catch(
            (error: unknown) => {
                throw new CannotWork(`cannot listen on port ${port}: ${error instanceof Error ? error.message : String(error)}`);
            },
        );
        await terminal.write([`${server.address}\n`]);
        if (open) {
            openBrowser(server.address);
        }
        await interruption();
    } finally {
        live.dispose();
        await server?.close();
    }
}

async function answer(request: PageRequest, live: LiveFile, terminal: Terminal): Promise<PageAnswer> {
    const { id, kind } = request;
    switch (kind) {
        case 'view':
            return { id, kind, answer: await live.view(request) };
        case 'export': {
            const text = await live.export(request);
            return text === null ? { id, kind: 'failed', message: 'There is nothing to export yet.' } : { id, kind: 'exported', text };
        }
        case 'limits':
            // A file on the disk belongs to the editor that writes it.
            return { id, kind, limits: [] };
        case 'edit':
        case 'lock':
            // This host changes no file, and shows one only.
            return { id, kind: 'done' };
        case 'reveal': {
            const place = live.locate(request.target);
            if (place !== undefined) {
                const file = isAbsolute(place.file) ? relative(terminal.directory, place.file) : place.file;
                await terminal.write([`${file}:${place.line}:${place.column}\n`]);
            }
            return { id, kind: 'revealed', found: place !== undefined };
        }
        default:
            return kind satisfies never;
    }
}

function parsePort(text: string): number {
    const port = Number(text);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
        throw new InvalidArgumentError('a port is a whole number from 0 to 65535.');
    }
    return port;
}
