/** Paths within a project, with forward slashes, as text: the importers know no file system. */

/** A path as seen from a directory; absolute paths stay. Steps that would leave the project stay in front as `..`. */
export function pathFrom(directory: string, path: string): string {
    if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) {
        return path;
    }
    const steps: string[] = [];
    for (const step of `${directory}/${path}`.split('/')) {
        if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') {
            steps.pop();
        } else if (step !== '' && step !== '.') {
            steps.push(step);
        }
    }
    return steps.join('/');
}

/** The directory of a file; empty for the project's own. */
export const directoryOf = (file: string): string => file.slice(0, Math.max(file.lastIndexOf('/'), 0));

/** What lies on another machine: a URL, a Git remote, or whatever a loader of Compose calls `scheme:`. */
export const isRemote = (path: string): boolean => /^(?:[a-z][a-z0-9+.-]+:|git@)/i.test(path);
