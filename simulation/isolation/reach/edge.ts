/** What the edges of the control graph are: who comes to control what, through what, and what has to be broken first. */
import { type Wall, walls } from '../../model/expectation.ts';
import type { TopologyIndex } from '../../model/topology-index.ts';
import type { ContainerPowers, DirectPowers } from './container-powers.ts';

/** The strongest wall that has to be broken on a way, or `none`. */
export type Needs = 'none' | Wall;

/** Weakest first. */
export const levels: readonly Needs[] = ['none', ...walls];

/** Whose mistake opens an edge: of who wrote the configuration, or of who wrote the software. */
export type Layer = 'configuration' | 'runtime' | 'kernel' | 'hypervisor';

/** Identifiers of public rule sets: CIS Docker Benchmark, Pod Security Standards, and the queries of KICS, Trivy and Checkov. */
export interface RuleIds {
    readonly cisDocker?: readonly string[];
    readonly pss?: 'baseline' | 'restricted';
    readonly kics?: readonly string[];
    readonly trivy?: readonly string[];
    readonly checkov?: readonly string[];
}

/** Leads from a workload or machine to the root of a kernel, or to a namespace that several workloads share. */
export interface Edge {
    readonly rule: EdgeRule;
    readonly from: number;
    readonly to: Target;
    readonly needs: Needs;
    /** What opens it, as the text says it or as an attacker would: `mount /var/run/docker.sock`. Words are made when somebody reads them. */
    readonly via: () => string;
    readonly because: () => string;
}

/** A kernel's root, or a shared namespace by its owner: whoever is in one controls all that is in it. */
export type Target = { readonly kind: 'root'; readonly kernel: number } | { readonly kind: 'namespace'; readonly of: 'pid' | 'mount'; readonly owner: number };

/** One kind of edge. `explanation`, `source` and `rules` are for the documentation and for those who check it. */
export interface EdgeRule {
    readonly code: string;
    readonly title: string;
    readonly explanation: string;
    readonly layers: readonly Layer[];
    readonly rules: RuleIds;
    readonly source: string;
    /** Edges that lead away from one element. */
    readonly edges: (subject: Subject) => readonly Edge[];
}

/** An element that edges may lead away from; `direct` are the powers of a container whose root is root to the kernel and talks to it directly. */
export interface Subject {
    readonly index: TopologyIndex;
    readonly number: number;
    readonly powers?: ContainerPowers | undefined;
    readonly direct?: DirectPowers | undefined;
    /** Containers that others have named as the owners of their namespaces. */
    readonly joined: ReadonlySet<number>;
}

export function weaker(one: Needs, other: Needs): Needs {
    return levels.indexOf(one) <= levels.indexOf(other) ? one : other;
}

export function stronger(one: Needs, other: Needs): Needs {
    return levels.indexOf(one) >= levels.indexOf(other) ? one : other;
}

/** The identifiers as one list, as in `CIS Docker 5.5`. */
export function ruleNames({ cisDocker = [], pss, kics = [], trivy = [], checkov = [] }: RuleIds): readonly string[] {
    return [
        ...cisDocker.map((id) => `CIS Docker ${id}`),
        ...(pss === undefined ? [] : [`PSS ${pss}`]),
        ...kics.map((id) => `KICS ${id}`),
        ...trivy,
        ...checkov,
    ];
}
