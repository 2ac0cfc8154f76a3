/** Writes a file anew so that nobody ever sees half of it: a crash leaves the old text or the new one. */
import { accessSync, closeSync, constants, fchmodSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Keeps the permissions; what a symbolic link leads to is replaced, not the link. Throws what the file system throws. */
export function replaceFile(path: string, content: string): void {
    const target = realpathSync(path);
    // Renaming over a file asks the directory for permission only.
    accessSync(target, constants.W_OK);
    const { mode } = statSync(target);
    const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    try {
        const file = openSync(temporary, 'wx', mode);
        try {
            // The mask of the process may have taken permissions away.
            fchmodSync(file, mode);
            writeFileSync(file, content);
            fsyncSync(file);
        } finally {
            closeSync(file);
        }
        renameSync(temporary, target);
    } catch (error) {
        rmSync(temporary, { force: true });
        throw error;
    }
}
