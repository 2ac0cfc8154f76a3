/** Guesses which known name was meant. */

/** The closest of `names`, best first: at most a third of the letters may differ, and case does not count. */
export function didYouMean(written: string, names: Iterable<string>, most = 3): readonly string[] {
    const allowed = Math.max(written.length > 1 ? 1 : 0, Math.floor(written.length / 3));
    const close: { readonly name: string; readonly distance: number }[] = [];
    for (const name of names) {
        if (Math.abs(name.length - written.length) <= allowed && name.length <= maximumLength && written.length <= maximumLength) {
            const distance = name.toLowerCase() === written.toLowerCase() ? 0 : editDistance(written.toLowerCase(), name.toLowerCase());
            if (distance <= allowed) {
                close.push({ name, distance });
            }
        }
    }
    return close
        .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
        .slice(0, most)
        .map(({ name }) => name);
}

/** ` Did you mean …?`, or nothing. */
export function suggestion(candidates: readonly string[]): string {
    return candidates.length === 0 ? '' : ` Did you mean ${listOr(candidates)}?`;
}

/** `a`, `b` or `c`. */
export function listOr(names: readonly string[]): string {
    const quoted = names.map((name) => `\`${name}\``);
    return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}

/** Names longer than this are not compared: the distance takes time with the square of the length. */
const maximumLength = 64;

/** Letters to insert, leave out, replace or swap with their neighbour (Damerau and Levenshtein, restricted). */
function editDistance(a: string, b: string): number {
    let before: number[] = [];
    let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
        const current = [i];
        for (let j = 1; j <= b.length; j++) {
            const cost = a[i - 1] === b[j - 1] ? 0 : 1;
            let best = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
            if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
                best = Math.min(best, (before[j - 2] ?? 0) + 1);
            }
            current.push(best);
        }
        before = previous;
        previous = current;
    }
    return previous[b.length] ?? 0;
}
