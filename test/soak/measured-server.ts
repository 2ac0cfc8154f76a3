/** A language server that can be asked what it holds: memory after a collection, open handles and files. Run with `--expose-gc`. */
import { existsSync, readdirSync } from 'node:fs';
import { createConnection } from 'vscode-languageserver/node';
import { diskFiles } from '#server/disk-files.ts';
import { serve } from '#server/serve.ts';
import { createWorkerSimulator } from '#server/simulation-channel.ts';
import { type Holdings, measureRequest } from './holdings.ts';

const connection = createConnection(process.stdin, process.stdout);
connection.onRequest(measureRequest, (): Holdings => {
    for (let round = 0; round < 3; round += 1) {
        globalThis.gc?.();
    }
    return {
        heap: process.memoryUsage().heapUsed,
        handles: process.getActiveResourcesInfo().filter((kind) => kind !== 'Immediate' && kind !== 'Timeout'),
        files: existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0,
    };
});
serve(connection, { files: diskFiles, simulator: createWorkerSimulator() });
