/** Runtimes of the catalog, by the names under which engines and nodes know them. */

/** Who sets up a node chooses its names; these are usual. Undefined: nobody knows what runs behind it. */
export function runtimeNamed(name: string): 'runc' | 'crun' | 'gvisor' | 'kata' | undefined {
    // As in `io.containerd.runsc.v1`, and the path of a program.
    const plain = name
        .replace(/^.*\//, '')
        .replace(/^io\.containerd\./, '')
        .replace(/\.v\d+$/, '');
    if (plain === 'runsc' || plain === 'gvisor') {
        return 'gvisor';
    }
    return /^kata(-|$)/.test(plain) ? 'kata' : (['runc', 'crun'] as const).find((known) => known === plain);
}
