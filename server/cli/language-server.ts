/** `strata language-server --stdio`: the language server for every editor that speaks the protocol. */
import { once } from 'node:events';
import { createConnection } from 'vscode-languageserver/node';
import { diskFiles } from '../disk-files.ts';
import { features } from '../features/features.ts';
import { importing } from '../import/importing.ts';
import { serve } from '../serve.ts';
import { createWorkerSimulator } from '../simulation-channel.ts';
import type { CliCommand } from './command.ts';

export const languageServer: CliCommand = {
    name: 'language-server',
    register: (program, run) => {
        program
            .command('language-server')
            .description('serve the language server protocol to an editor')
            .requiredOption('--stdio', 'talk over standard input and output')
            .action(
                run(async () => {
                    serve(createConnection(process.stdin, process.stdout), {
                        files: diskFiles,
                        simulator: createWorkerSimulator(),
                        features: [...features, importing],
                    });
                    await once(process.stdin, 'close');
                    return 0;
                }),
            );
    },
};
