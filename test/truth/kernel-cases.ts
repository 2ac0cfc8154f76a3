/** CPU shares measured on a real Linux kernel, as Strata text and beside what the core computes. */
import { existsSync, readFileSync } from 'node:fs';
import { EmptyFileSystem } from 'langium';
import { loadCatalog } from '#language/catalog.ts';
import { lower } from '#language/lowering/lower.ts';
import { createStrataServices, parseText } from '#language/services.ts';
import { elementId } from '#simulation/model/ids.ts';
import { simulate } from '#simulation/simulate.ts';

/** The reference cases are not part of the project: they lie beside it where they are at hand. */
export const kernelCasesFile = new URL('../../../shared/truth/kernel.json', import.meta.url);
export const kernelCasesAreThere = existsSync(kernelCasesFile);

interface CaseNode {
    readonly name?: string;
    /** cpu.shares of cgroup v1. */
    readonly w?: number;
    /** Cores. */
    readonly quota?: number;
    readonly cpus?: readonly number[];
    readonly threads?: number;
    readonly duty?: number;
    readonly idle?: boolean;
    readonly children?: readonly CaseNode[];
}

export interface KernelCase {
    readonly id: string;
    readonly note: string;
    readonly topology: { readonly cpus: string; readonly tree: CaseNode };
    /** Cores by path of the leaf. */
    readonly corrected: Readonly<Record<string, { readonly median: number }>>;
    readonly ideal: Readonly<Record<string, number>>;
}

/** One leaf of one case: what the kernel gave, plain weighted max-min, and what Strata says; in cores. */
export interface LeafComparison {
    readonly id: string;
    readonly leaf: string;
    readonly measured: number;
    readonly ideal: number;
    readonly computed: number;
}

export function loadKernelCases(): readonly KernelCase[] {
    return JSON.parse(readFileSync(kernelCasesFile, 'utf8')) as readonly KernelCase[];
}

/** The case in the language: a cgroup is a slice, a busy leaf holds one process. */
export function kernelCaseText({ topology }: KernelCase): string {
    const last = Number(topology.cpus.split('-').at(-1));
    const count = last - Number(topology.cpus.split('-')[0]) + 1;
    const slices = (topology.tree.children ?? []).map((child) => sliceText(child, 1)).join('');
    return `host h {\n  cpu ${count} cores\n  memory 24 GiB\n  boot 0 s\n  os linux\n${slices}}\n`;
}

export function compareWithKernel(kernelCase: KernelCase): readonly LeafComparison[] {
    const services = createStrataServices(EmptyFileSystem);
    const { topology, problems } = lower({
        documents: [parseText(services, kernelCaseText(kernelCase), 'file:///case.strata')],
        catalog: loadCatalog(services),
    });
    if (problems.length > 0) {
        throw new Error(`${kernelCase.id} is not valid: ${problems.map((problem) => problem.message).join(' ')}`);
    }
    const result = simulate(topology);
    return Object.entries(kernelCase.ideal).map(([leaf, ideal]) => ({
        id: kernelCase.id,
        leaf,
        ideal,
        measured: kernelCase.corrected[leaf]?.median ?? Number.NaN,
        computed: result.elements.get(elementId(`h.${leaf.replaceAll('/', '.')}`))?.cpu?.granted ?? 0,
    }));
}

function sliceText(node: CaseNode, depth: number): string {
    const indent = '  '.repeat(depth);
    const statements = [
        `cpu weight ${Math.round((node.w ?? 1024) / 1.024)}`,
        ...(node.quota === undefined ? [] : [`cpu limit ${node.quota} cores`]),
        ...(node.cpus === undefined ? [] : [`cpu set ${node.cpus.join(',')}`]),
    ];
    const threads = node.threads ?? 1;
    const inside =
        node.children?.map((child) => sliceText(child, depth + 1)).join('') ??
        (node.idle === true ? '' : `${indent}  process p { threads ${threads}  cpu ${threads * (node.duty ?? 1)} cores  memory 1 MiB }\n`);
    return `${indent}slice ${node.name} {\n${statements.map((statement) => `${indent}  ${statement}\n`).join('')}${inside}${indent}}\n`;
}
