/** The language's short paths: any steps of a whole path that keep its order and end with it. */

/** Whether `short` may stand for `whole`; both without replica numbers. */
export function isShortFor(short: string, whole: string): boolean {
    const wanted = short.split('.');
    const all = whole.split('.');
    if (wanted.at(-1) !== all.at(-1)) {
        return false;
    }
    let matched = 0;
    for (const step of all) {
        if (step === wanted[matched]) {
            matched += 1;
        }
    }
    return matched === wanted.length;
}

/** The last step of a path. */
export function lastStep(path: string): string {
    return path.slice(path.lastIndexOf('.') + 1);
}
