/** Shares against an independent oracle, over trees with nested limits, floors, copies and overlapping CPU sets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gather, share } from '#simulation/solver/share-forest.ts';
import { shareWithSets } from '#simulation/solver/share-with-sets.ts';
import { type Branch, fillPlainly, fillWithCpus, forestOf, mostThrough, nodesOf, oracleTree } from './share-oracle.ts';

const quantity = fc.integer({ min: 0, max: 400 }).map((value) => value / 100);
const setOf = (cpus: number) =>
    fc.subarray(
        Array.from({ length: cpus }, (_, cpu) => cpu),
        { minLength: 1 },
    );

interface Shape {
    readonly cpus: number;
    readonly reserves: boolean;
    readonly depth: number;
}

function branches({ cpus, reserves, depth }: Shape): fc.Arbitrary<Branch> {
    const own = {
        weight: fc.constantFrom(1, 2, 3, 10, 100, 1000),
        count: fc.constantFrom(1, 1, 1, 2, 3),
        limit: fc.option(quantity, { nil: undefined, freq: 2 }),
        reserve: reserves
            ? fc.oneof(
                  fc.constant(0),
                  quantity.map((value) => value / 8),
              )
            : fc.constant(0),
        set: fc.option(setOf(cpus), { nil: undefined, freq: 2 }),
        demand: quantity,
    };
    const tidy = (
        {
            limit,
            set,
            ...rest
        }: { limit: number | undefined; set: readonly number[] | undefined; weight: number; count: number; reserve: number; demand: number },
        inside: readonly Branch[],
    ): Branch => ({
        ...rest,
        inside,
        ...(limit === undefined ? {} : { limit }),
        ...(set === undefined ? {} : { set }),
    });
    const leaf = fc.record(own).map((record) => tidy(record, []));
    if (depth === 0) return leaf;
    const group = fc
        .tuple(fc.record(own), fc.array(branches({ cpus, reserves, depth: depth - 1 }), { minLength: 1, maxLength: 3 }))
        .map(([record, inside]) => tidy(record, inside));
    return fc.oneof(leaf, group);
}

/** A machine with a tree on it: the root has neither limit nor set of its own. */
const cases = (reserves: boolean) =>
    fc.integer({ min: 1, max: 4 }).chain((cpus) =>
        fc.record({
            capacities: fc
                .tuple(fc.constant(cpus), fc.constantFrom(1, 1, 0.5))
                .map(([size, last]) => Array.from({ length: size }, (_, cpu) => (cpu === size - 1 ? last : 1))),
            root: fc
                .array(branches({ cpus, reserves, depth: 2 }), { minLength: 1, maxLength: 4 })
                .map((inside): Branch => ({ weight: 1, count: 1, reserve: 0, demand: 0, inside })),
        }),
    );

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const withoutSets = ({ set: _, inside, ...branch }: Branch): Branch => ({ ...branch, inside: inside.map(withoutSets) });

function solved(root: Branch, supply: number): readonly number[] {
    const { forest, tree } = forestOf(oracleTree(root));
    gather(forest, tree);
    share(forest, tree, supply);
    return [...forest.grant];
}

function solvedWithSets(root: Branch, cpus: number): readonly number[] {
    const { forest, tree } = forestOf(oracleTree(root));
    gather(forest, tree);
    shareWithSets(forest, tree, cpus, { cpus, rate: 1 });
    return [...forest.grant];
}

function expectClose(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
    expect(actual.length).toBe(wanted.length);
    for (const [place, value] of actual.entries())
        expect(Math.abs(value - (wanted[place] ?? Number.NaN)), `node ${place}: ${value}, oracle ${wanted[place]}`).toBeLessThanOrEqual(tolerance);
}

describe('shares without sets', () => {
    it('are what bisection on λ finds', () => {
        fc.assert(
            fc.property(cases(true), ({ root, capacities }) => {
                const oracle = oracleTree(root);
                fillPlainly(oracle, sum(capacities));
                expectClose(
                    solved(withoutSets(root), sum(capacities)),
                    nodesOf(oracle).map((node) => node.grant),
                    1e-8,
                );
            }),
            { numRuns: 500 },
        );
    });

    it('conserve, respect every cap and floor, and leave nothing over that is wanted', () => {
        fc.assert(
            fc.property(cases(true), ({ root, capacities }) => {
                const supply = sum(capacities);
                const oracle = oracleTree(root);
                const nodes = nodesOf(oracle);
                const grants = solved(withoutSets(root), supply);
                expect(grants[0]).toBeCloseTo(Math.min(supply, oracle.want), 9);
                for (const [place, node] of nodes.entries()) {
                    const grant = grants[place] ?? Number.NaN;
                    expect(grant).toBeGreaterThanOrEqual(0);
                    expect(grant).toBeLessThanOrEqual(node.want * (1 + 1e-12));
                    if (node.inside.length === 0) continue;
                    expect(sum(node.inside.map((child) => child.branch.count * (grants[nodes.indexOf(child)] ?? 0)))).toBeCloseTo(grant, 9);
                    const floors = sum(node.inside.map((child) => child.branch.count * child.floor));
                    if (floors <= grant)
                        for (const child of node.inside) expect(grants[nodes.indexOf(child)] ?? 0).toBeGreaterThanOrEqual(child.floor * (1 - 1e-12));
                }
            }),
            { numRuns: 300 },
        );
    });
});

describe('shares with overlapping CPU sets', () => {
    it('are what progressive filling over every cut finds', () => {
        fc.assert(
            fc.property(cases(false), ({ root, capacities }) => {
                const oracle = oracleTree(root);
                fillWithCpus(oracle, sum(capacities), capacities);
                expectClose(
                    solvedWithSets(root, sum(capacities)),
                    nodesOf(oracle).map((node) => node.grant),
                    1e-5,
                );
            }),
            { numRuns: 300 },
        );
    });

    it('never hand a CPU out twice', () => {
        fc.assert(
            fc.property(cases(true), ({ root, capacities }) => {
                const leaves = leavesWithGrants(root, solvedWithSets(root, sum(capacities)));
                for (let cut = 0; cut < 1 << capacities.length; cut++) {
                    const inCut = (cpu: number) => cpu < capacities.length && ((cut >> cpu) & 1) === 1;
                    const bound = leaves.filter(({ allowed }) =>
                        (allowed ?? capacities.map((_, cpu) => cpu)).every((cpu) => cpu >= capacities.length || inCut(cpu)),
                    );
                    expect(sum(bound.map(({ total }) => total))).toBeLessThanOrEqual(sum(capacities.filter((_, cpu) => inCut(cpu))) + 1e-9);
                }
            }),
            { numRuns: 300 },
        );
    });

    it('hand out as much as can flow, and every group all that it has', () => {
        fc.assert(
            fc.property(cases(true), ({ root, capacities }) => {
                const oracle = oracleTree(root);
                const grants = solvedWithSets(root, sum(capacities));
                expect(grants[0]).toBeCloseTo(Math.min(sum(capacities), mostThrough(oracle, capacities)), 9);
                const nodes = nodesOf(oracle);
                for (const [place, node] of nodes.entries()) {
                    expect(grants[place]).toBeLessThanOrEqual(node.want * (1 + 1e-9));
                    if (node.inside.length > 0)
                        expect(sum(node.inside.map((child) => child.branch.count * (grants[nodes.indexOf(child)] ?? 0)))).toBeCloseTo(
                            grants[place] ?? Number.NaN,
                            8,
                        );
                }
            }),
            { numRuns: 300 },
        );
    });

    it('are the plain shares where every set names all CPUs', () => {
        fc.assert(
            fc.property(cases(true), ({ root, capacities }) => {
                const everywhere = (branch: Branch): Branch => ({ ...branch, set: capacities.map((_, cpu) => cpu), inside: branch.inside.map(everywhere) });
                expectClose(solvedWithSets(everywhere(root), sum(capacities)), solved(withoutSets(root), sum(capacities)), 1e-9);
            }),
            { numRuns: 300 },
        );
    });

    it('do not depend on the order of declaration', () => {
        fc.assert(
            fc.property(cases(true), ({ root, capacities }) => {
                const reversed = (branch: Branch): Branch => ({ ...branch, inside: branch.inside.toReversed().map(reversed) });
                const byBranch = (branch: Branch, grants: readonly number[]) => {
                    const order = nodesOf(oracleTree(branch)).map((node) => JSON.stringify(node.branch));
                    return order.map((key, place) => ({ key, grant: grants[place] ?? 0 }));
                };
                const forwards = byBranch(root, solvedWithSets(root, sum(capacities)));
                const backwards = byBranch(root, mirrored(root, solvedWithSets(reversed(root), sum(capacities))));
                for (const [place, { grant }] of forwards.entries())
                    expect(Math.abs(grant - (backwards[place]?.grant ?? Number.NaN))).toBeLessThanOrEqual(1e-9);
            }),
            { numRuns: 300 },
        );
    });

    it('are the same for n copies of a declaration and for n declarations', () => {
        fc.assert(
            fc.property(cases(true), ({ root, capacities }) => {
                const expanded = (branch: Branch): readonly Branch[] =>
                    Array.from({ length: branch.count }, () => ({ ...branch, count: 1, inside: branch.inside.flatMap(expanded) }));
                const [whole] = expanded(root);
                if (whole === undefined) return;
                const copies = copyNumbers(root);
                const compact = solvedWithSets(root, sum(capacities));
                const single = solvedWithSets(whole, sum(capacities));
                for (const [place, number] of copies.entries())
                    expect(Math.abs((single[place] ?? Number.NaN) - (compact[number] ?? Number.NaN))).toBeLessThanOrEqual(1e-9);
            }),
            { numRuns: 200 },
        );
    });
});

/** What each leaf's copies get together. */
function leavesWithGrants(root: Branch, grants: readonly number[]): readonly { readonly allowed: readonly number[] | undefined; readonly total: number }[] {
    return nodesOf(oracleTree(root)).flatMap((node, place) =>
        node.inside.length > 0 ? [] : [{ allowed: node.allowed, total: node.copies * (grants[place] ?? Number.NaN) }],
    );
}

/** Grants of a mirrored tree, put back into the order of the original. */
function mirrored(root: Branch, grants: readonly number[]): readonly number[] {
    const size = (branch: Branch): number => 1 + sum(branch.inside.map(size));
    const result: number[] = [];
    const visit = (branch: Branch, start: number): void => {
        result.push(grants[start] ?? Number.NaN);
        let end = start + size(branch);
        for (const child of branch.inside) {
            end -= size(child);
            visit(child, end);
        }
    };
    visit(root, 0);
    return result;
}

/** For each node of the expanded tree, in order, the number of its declaration. */
function copyNumbers(root: Branch): readonly number[] {
    const numbers = new Map<Branch, number>();
    const declare = (branch: Branch): void => {
        numbers.set(branch, numbers.size);
        branch.inside.forEach(declare);
    };
    declare(root);
    const result: number[] = [];
    const visit = (branch: Branch): void => {
        result.push(numbers.get(branch) ?? -1);
        for (const child of branch.inside) for (let copy = 0; copy < child.count; copy++) visit(child);
    };
    visit(root);
    return result;
}
