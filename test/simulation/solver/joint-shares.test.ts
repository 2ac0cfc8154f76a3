/** Joint shares against an oracle of another kind for one resource, and against what makes shares fair for several. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Contest, shareJointly } from '#simulation/solver/joint-shares.ts';

/** A group, or a user where nothing is inside: what it takes of each resource at full rate, and how fast it may go. */
interface Member {
    readonly weight: number;
    readonly count: number;
    readonly uses: readonly number[];
    readonly cap: number;
    readonly inside: readonly Member[];
}

interface Case {
    readonly capacities: readonly number[];
    readonly members: readonly Member[];
}

const weight = fc.constantFrom(1, 10, 100, 300, 10_000);
const count = fc.constantFrom(1, 1, 2, 5);

function cases(resources: number, depth: number): fc.Arbitrary<Case> {
    const use = resources === 1 ? fc.integer({ min: 1, max: 1000 }) : fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 300 }));
    const user: fc.Arbitrary<Member> = fc.record({
        weight,
        count,
        uses: fc.array(use, { minLength: resources, maxLength: resources }),
        cap: fc.constantFrom(0, 0.25, 0.5, 1, 1, 1),
        inside: fc.constant([]),
    });
    const level = (below: fc.Arbitrary<Member>): fc.Arbitrary<Member> =>
        fc.oneof(user, fc.record({ weight, count, uses: fc.constant([]), cap: fc.constant(1), inside: fc.array(below, { minLength: 1, maxLength: 4 }) }));
    let member = user;
    for (let i = 0; i < depth; i++) member = level(member);
    return fc.record({
        capacities: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: resources, maxLength: resources }),
        members: fc.array(member, { minLength: 1, maxLength: 5 }),
    });
}

/** The users of a case in order, with the copies of each in all. */
function usersOf(members: readonly Member[], copies = 1): readonly { readonly member: Member; readonly copies: number }[] {
    return members.flatMap((member) =>
        member.inside.length === 0 ? [{ member, copies: copies * member.count }] : usersOf(member.inside, copies * member.count),
    );
}

function contestOf({ capacities, members }: Case): Contest {
    const [group, weights, counts, leaf]: [number[], number[], number[], number[]] = [[], [], [], []];
    const enter = (of: readonly Member[], above: number) => {
        for (const member of of) {
            const node = group.push(above) - 1;
            weights.push(member.weight);
            counts.push(member.count);
            if (member.inside.length === 0) leaf.push(node);
            enter(member.inside, node);
        }
    };
    enter(members, -1);
    const users = usersOf(members);
    return {
        cap: Float64Array.from(users, ({ member }) => member.cap),
        leaf: Int32Array.from(leaf),
        group: Int32Array.from(group),
        weight: Float64Array.from(weights),
        count: Float64Array.from(counts),
        resources: capacities.map((capacity, resource) => {
            const using = users.flatMap(({ member, copies }, user) => {
                const use = member.uses[resource] ?? 0;
                return use > 0 ? [{ user, use, copies }] : [];
            });
            return { capacity, owner: -1, users: using.map(({ user }) => user), uses: using.map(({ use }) => use), copies: using.map((one) => one.copies) };
        }),
    };
}

const wantOf = (member: Member): number =>
    member.inside.length === 0 ? member.cap * (member.uses[0] ?? 0) : member.inside.reduce((sum, child) => sum + child.count * wantOf(child), 0);

/** Hierarchical weighted max-min of one resource by bisection, family by family. */
function plainShares(members: readonly Member[], supply: number): readonly number[] {
    const taken = (level: number) => members.reduce((sum, one) => sum + one.count * Math.min(wantOf(one), level * one.weight), 0);
    let [low, high] = [0, 1e6];
    for (let step = 0; step < 200; step++) {
        const middle = (low + high) / 2;
        if (taken(middle) <= supply) low = middle;
        else high = middle;
    }
    return members.flatMap((one) => {
        const granted = Math.min(wantOf(one), low * one.weight);
        return one.inside.length === 0 ? [granted] : plainShares(one.inside, granted);
    });
}

/** By user: whether it has its fair share of a resource: at no level above it any sibling has more for its weight. */
function fairly(members: readonly Member[], resource: number, rates: readonly number[], isFair = true): readonly boolean[] {
    const amounts: number[] = [];
    let next = 0;
    const places: number[] = [];
    for (const member of members) {
        const users = usersOf([member]);
        places.push(next);
        amounts.push(users.reduce((sum, user, i) => sum + (user.copies * (user.member.uses[resource] ?? 0) * (rates[next + i] ?? 0)) / member.count, 0));
        next += users.length;
    }
    const most = Math.max(...members.map((member, place) => (amounts[place] ?? 0) / member.weight));
    return members.flatMap((member, place) => {
        const own = isFair && (amounts[place] ?? 0) / member.weight >= most * (1 - 1e-6);
        const users = usersOf([member]).length;
        return member.inside.length === 0 ? [own] : fairly(member.inside, resource, rates.slice(places[place], (places[place] ?? 0) + users), own);
    });
}

describe('joint shares', () => {
    it('of one resource are its hierarchical weighted max-min shares', () => {
        fc.assert(
            fc.property(cases(1, 3), (one) => {
                const { rate } = shareJointly(contestOf(one));
                const expected = plainShares(one.members, one.capacities[0] ?? 0);
                for (const [user, { member }] of usersOf(one.members).entries())
                    expect((rate[user] ?? 0) * (member.uses[0] ?? 0)).toBeCloseTo(expected[user] ?? 0, 6);
            }),
            { numRuns: 1000 },
        );
    });

    it('of users side by side slow only those who have their fair share of something full', () => {
        fc.assert(
            fc.property(
                fc.integer({ min: 1, max: 4 }).chain((resources) => cases(resources, 0)),
                (one) => {
                    const { rate, full } = shareJointly(contestOf(one));
                    const rates = [...rate];
                    const fair = one.capacities.map((_, resource) => fairly(one.members, resource, rates));
                    for (const [user, { member }] of usersOf(one.members).entries()) {
                        if ((rates[user] ?? 0) >= member.cap * (1 - 1e-9)) continue;
                        const bottleneck = member.uses.some((use, resource) => use > 0 && full[resource] === 1 && fair[resource]?.[user] === true);
                        expect(bottleneck, `user ${user} goes at ${rates[user]}`).toBe(true);
                    }
                },
            ),
            { numRuns: 2000 },
        );
    });

    it('exceed nothing, say what is full, and slow nobody who uses nothing full', () => {
        fc.assert(
            fc.property(
                fc.integer({ min: 1, max: 4 }).chain((resources) => cases(resources, 2)),
                (one) => {
                    const contest = contestOf(one);
                    const { rate, full } = shareJointly(contest);
                    for (const [user, cap] of contest.cap.entries()) expect(rate[user]).toBeLessThanOrEqual(cap);
                    for (const [place, { users, uses, copies, capacity }] of contest.resources.entries()) {
                        const used = users.reduce((sum, user, i) => sum + (uses[i] ?? 0) * (copies[i] ?? 0) * (rate[user] ?? 0), 0);
                        expect(used).toBeLessThanOrEqual(capacity * (1 + 1e-9));
                        if (full[place] === 1) expect(used).toBeGreaterThanOrEqual(capacity * (1 - 1e-8));
                    }
                },
            ),
            { numRuns: 1000 },
        );
    });

    it('follow a chain of users who wait for each other to its end', () => {
        // The first is held by the first resource, which leaves the second to the next user, and so on.
        const uses = [
            [10, 100, 0, 0],
            [0, 100, 100, 0],
            [0, 0, 100, 100],
            [0, 0, 0, 100],
        ];
        const members = uses.map((one): Member => ({ weight: 100, count: 1, cap: 1, uses: one, inside: [] }));
        const { rate } = shareJointly(contestOf({ capacities: [2, 100, 120, 80], members }));
        expect([...rate].map((one) => Number(one.toFixed(12)))).toEqual([0.2, 0.8, 0.4, 0.4]);
    });

    it('of two who need each the other’s resource meet in the middle', () => {
        const members = [
            [100, 50],
            [50, 100],
        ].map((uses): Member => ({ weight: 100, count: 1, cap: 1, uses, inside: [] }));
        const { rate } = shareJointly(contestOf({ capacities: [100, 100], members }));
        expect(rate[0]).toBeCloseTo(2 / 3, 12);
        expect(rate[1]).toBeCloseTo(2 / 3, 12);
    });
});
