/** The packages that the product is made with, by the manifest and the lockfile: its own dependencies and what these bring along. */
import { read } from './repository.ts';

const manifest: { readonly dependencies: Record<string, string> } = JSON.parse(read('package.json'));
const lock: { readonly packages: Record<string, { readonly license?: string; readonly dependencies?: Record<string, string> }> } = JSON.parse(
    read('package-lock.json'),
);

export const licenceOf = (name: string): string | undefined => lock.packages[`node_modules/${name}`]?.license;

export function productPackages(): readonly string[] {
    const reached = new Set<string>();
    const open = Object.keys(manifest.dependencies);
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
        if (!reached.has(name)) {
            reached.add(name);
            open.push(...Object.keys(lock.packages[`node_modules/${name}`]?.dependencies ?? {}));
        }
    }
    return [...reached].toSorted();
}
