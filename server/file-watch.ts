/** Tells when one of a few files has changed, come or gone. Nothing but these files is looked at. */
import { unwatchFile, watchFile } from 'node:fs';

export interface FileWatch {
    /** From now on these files are watched, and no others; they need not be there. */
    readonly only: (paths: Iterable<string>) => void;
    readonly count: () => number;
    readonly dispose: () => void;
}

/** Milliseconds between looks at a file. Looking works on every file system; being told does not on mounted and remote ones. */
const interval = 150;

export function createFileWatch(onChanged: () => void): FileWatch {
    const watched = new Set<string>();
    const only = (paths: Iterable<string>): void => {
        const wanted = new Set(paths);
        for (const path of watched) {
            if (!wanted.has(path)) {
                unwatchFile(path, onChanged);
                watched.delete(path);
            }
        }
        for (const path of wanted) {
            if (!watched.has(path)) {
                watchFile(path, { interval }, onChanged);
                watched.add(path);
            }
        }
    };
    return { only, count: () => watched.size, dispose: () => only([]) };
}
