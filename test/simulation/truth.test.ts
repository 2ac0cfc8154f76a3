/** Measured cgroup trees: what the core computes for them is plain hierarchical weighted max-min. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { elementId } from '#simulation/model/ids.ts';
import { cores } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import { host, process as job, type Sketch, slice, topology } from './topology-builder.ts';

interface TruthNode {
    readonly name?: string;
    readonly w?: number;
    readonly quota?: number;
    readonly cpus?: readonly number[];
    readonly threads?: number;
    readonly duty?: number;
    readonly idle?: boolean;
    readonly children?: readonly TruthNode[];
}
interface TruthCase {
    readonly id: string;
    readonly note: string;
    readonly topology: { readonly cpus: string; readonly tree: TruthNode };
    readonly ideal: Readonly<Record<string, number>> | null;
}

const file = process.env['STRATA_TRUTH'] ?? '../shared/truth/kernel.json';
const isThere = existsSync(file);

describe.skipIf(!isThere)(isThere ? 'measured cgroup trees' : `measured cgroup trees: ${file} is not here`, () => {
    const cases = isThere ? (JSON.parse(readFileSync(file, 'utf8')) as readonly TruthCase[]) : [];
    it.each(cases.filter((one) => one.ideal !== null))('$id: $note', ({ topology: truth, ideal }) => {
        // The cases run on `0-1` or on the one CPU `1`: as text, a host of as many CPUs; pinned cases name CPUs 0 and 1 of two.
        const cpus = truth.cpus.includes('-') ? 2 : 1;
        const result = simulate(topology([host('h', { cpu: cores(cpus) }, (truth.tree.children ?? []).map(sketch))]));
        for (const [leaf, share] of Object.entries(ideal ?? {})) {
            const granted = result.elements.get(elementId(`h.${leaf.replaceAll('/', '.')}`))?.cpu?.granted;
            expect(granted, leaf).toBeCloseTo(share, 5.5);
        }
    });
});

function sketch(node: TruthNode): Sketch {
    const threads = node.idle === true ? 0 : (node.threads ?? 0);
    const inside = node.children === undefined ? [job('p', { threads, cpu: cores(threads * (node.duty ?? 1)) })] : node.children.map(sketch);
    return slice(
        node.name ?? '',
        {
            cpuWeight: Math.round((node.w ?? 1024) / 1.024) / 10,
            ...(node.quota === undefined ? {} : { cpuLimit: cores(node.quota) }),
            ...(node.cpus === undefined ? {} : { cpuSet: node.cpus }),
        },
        inside,
    );
}
