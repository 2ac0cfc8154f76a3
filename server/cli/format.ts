/** `strata format FILE…`: writes files in the one layout, or says which are not. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeText, type FileText } from '../file-text.ts';
import { createFileFormatter, type FormatFile } from '../format-file.ts';
import { replaceFile } from '../replace-file.ts';
import { readTextFile } from '../text-file.ts';
import { CannotWork } from './cannot-work.ts';
import type { CliCommand, ExitCode } from './command.ts';
import type { Terminal } from './terminal.ts';

interface FormatOptions {
    readonly check?: true;
    readonly stdin?: true;
}

export const format: CliCommand = {
    name: 'format',
    register: (program, run) => {
        program
            .command('format')
            .description('format files in place and print the names of those that changed')
            .argument('[files...]', 'files to format')
            .option('--check', 'change nothing; print the names of unformatted files, exit code 1 if there are any')
            .option('--stdin', 'format the text of standard input to standard output')
            .action(
                run(async (terminal, files: readonly string[], options: FormatOptions) => {
                    if (options.stdin === true ? files.length > 0 : files.length === 0) {
                        throw new CannotWork(options.stdin === true ? 'format takes files or --stdin, not both' : 'format needs files, or --stdin');
                    }
                    return options.stdin === true ? await formatStandardInput(terminal, options) : await formatFiles(files, terminal, options);
                }),
            );
    },
};

/** One file that can't be formatted keeps no other from it; the worst exit code counts. */
async function formatFiles(files: readonly string[], terminal: Terminal, { check }: FormatOptions): Promise<ExitCode> {
    const formatFile = createFileFormatter();
    let worst: ExitCode = 0;
    for (const file of files) {
        const path = resolve(terminal.directory, file);
        const outcome = formatted(file, readTextFile(path), formatFile, terminal);
        worst = outcome.exitCode > worst ? outcome.exitCode : worst;
        if (outcome.isChanged) {
            if (check === true) {
                worst = worst === 0 ? 1 : worst;
            } else {
                write(file, path, outcome.text);
            }
            await terminal.write([`${file}\n`]);
        }
    }
    return worst;
}

async function formatStandardInput(terminal: Terminal, { check }: FormatOptions): Promise<ExitCode> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) {
        chunks.push(chunk);
    }
    const content = Buffer.concat(chunks);
    const { exitCode, isChanged, text } = formatted('standard input', decodeText(content), createFileFormatter(), terminal);
    if (exitCode !== 0) {
        return exitCode;
    }
    if (check === true) {
        return isChanged ? 1 : 0;
    }
    await terminal.write([byteOrderMarkOf(content), text]);
    return 0;
}

interface Outcome {
    readonly exitCode: ExitCode;
    readonly isChanged: boolean;
    readonly text: string;
}

function formatted(name: string, read: FileText, formatFile: FormatFile, terminal: Terminal): Outcome {
    if (read.kind === 'unreadable') {
        terminal.complain(`strata: ${name}: ${read.because}`);
        return { exitCode: 2, isChanged: false, text: '' };
    }
    const answer = formatFile(read.text);
    switch (answer.kind) {
        case 'formatted':
            return { exitCode: 0, isChanged: answer.text !== read.text, text: answer.text };
        case 'broken':
            terminal.complain(`${name}:${answer.line}:${answer.column}: error ${answer.code}: ${answer.message} The file is left as it is.`);
            return { exitCode: 1, isChanged: false, text: read.text };
        case 'refused':
            terminal.complain(`strata: ${name}: ${answer.because}`);
            return { exitCode: 2, isChanged: false, text: read.text };
        default:
            return answer satisfies never;
    }
}

function write(file: string, path: string, text: string): void {
    try {
        replaceFile(path, byteOrderMarkOf(readFileSync(path)) + text);
    } catch (error) {
        throw new CannotWork(`${file}: cannot write: ${error instanceof Error ? error.message : String(error)}`);
    }
}

function byteOrderMarkOf(content: Uint8Array): string {
    return content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf ? '\uFEFF' : '';
}
