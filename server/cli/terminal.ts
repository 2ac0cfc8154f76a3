/** Standard output and error as commands see them: ordered, patient with slow readers, calm when the reader leaves. */
import type { Writable } from 'node:stream';
import { CannotWork } from './cannot-work.ts';
import { plainLine } from './plain-line.ts';

export interface Terminal {
    /** Directory against which files given on the command line are resolved. */
    readonly directory: string;
    /** Writes text in order; waits while the reader is slow. After the reader has left, it writes nothing. */
    readonly write: (chunks: Iterable<string>) => Promise<void>;
    /** Writes one line to standard error, or a few where it is a bug that is complained about. */
    readonly complain: (line: string) => void;
}

/** Chunks are joined up to this many characters before they are written. */
const batchLength = 1 << 16;

export function createTerminal(output: Writable, errors: Writable, directory: string): Terminal {
    let readerLeft = false;
    // Each write is told of its failure below; without listeners the stream would end the process.
    output.on('error', () => undefined);
    errors.on('error', () => undefined);

    /** The callback comes when the text was handed over or the write failed, so waiting for it is waiting for the reader. */
    const send = (text: string): Promise<void> =>
        new Promise((resolve, reject) => {
            if (readerLeft || text === '') {
                resolve();
                return;
            }
            output.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
                readerLeft = error?.code === 'EPIPE';
                if (error && !readerLeft) {
                    reject(new CannotWork(`cannot write: ${error.message}`));
                } else {
                    resolve();
                }
            });
        });

    return {
        directory,
        write: async (chunks) => {
            let batch = '';
            for (const chunk of chunks) {
                batch += chunk;
                if (batch.length >= batchLength) {
                    await send(batch);
                    batch = '';
                }
                if (readerLeft) {
                    return;
                }
            }
            await send(batch);
        },
        complain: (line) => {
            errors.write(`${line.split('\n').map(plainLine).join('\n')}\n`);
        },
    };
}
