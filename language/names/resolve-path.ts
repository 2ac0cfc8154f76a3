/** Resolves paths of language.md §2: short forms, replicas, and look-up from an element outwards. */
import type { AstNode } from 'langium';
import { elementId, type IndexRange, type InstanceSet } from '#simulation/model/ids.ts';
import type { ElementKind } from '#simulation/model/topology.ts';
import { ambiguousPath } from '../checks/ambiguous-path.ts';
import { replicaIndex } from '../checks/replica-index.ts';
import { unknownName } from '../checks/unknown-name.ts';
import { wrongKind } from '../checks/wrong-kind.ts';
import { evaluate, type Scope } from '../expressions/evaluate.ts';
import type { Expression } from '../generated/ast.ts';
import type { Declaration } from '../lowering/declarations.ts';
import type { Occurrence } from '../occurrences.ts';
import type { SourceRange } from '../origins.ts';
import type { Report } from '../problems.ts';
import { bodyNames } from '../statements.ts';
import { rangeOf, rangeOfProperty } from '../syntax/ranges.ts';
import { didYouMean, listOr, suggestion } from './did-you-mean.ts';
import { ancestry, type ElementIndex, isInside } from './element-index.ts';

export interface PathContext {
    readonly index: ElementIndex;
    readonly scope: Scope;
    readonly report: Report;
    readonly record: (occurrence: Occurrence) => void;
}

/** A step of a path, or whatever else names one element. */
export type NamedStep = AstNode & { readonly name?: string; readonly first?: Expression; readonly last?: Expression };

export interface PathQuery {
    readonly steps: readonly NamedStep[];
    /** Kinds that fit; absent: all. */
    readonly kinds?: readonly ElementKind[];
    /** The element whose statement this is: the path is looked up from it outwards. */
    readonly from?: Declaration;
    /** Whether the element is within reach of `from`, beside being of a fitting kind. */
    readonly isWithinReach?: (candidate: Declaration) => boolean;
}

/** The replicas that a path means; undefined after a problem was reported. */
export function resolvePath(query: PathQuery, context: PathContext): InstanceSet | undefined {
    const names = query.steps.map((step) => step.name);
    if (names.length === 0 || names.some((name) => name === undefined)) {
        return undefined;
    }
    const path = names as readonly string[];
    const candidates = findCandidates(path, query, context.index);
    const target = outermost(candidates);
    if (target === undefined) {
        const implicit = candidates.length === 0 ? implicitVm(path, query, context) : undefined;
        if (implicit !== undefined) {
            return implicit;
        }
        reportFailure(path, query, candidates, context);
        return undefined;
    }
    if (query.kinds !== undefined && !query.kinds.includes(target.kind)) {
        context.report(wrongKind, {
            at: rangeOfSteps(query.steps),
            facts: { kind: target.kind, wanted: query.kinds },
            message: `\`${path.join('.')}\` is ${bodyNames[target.kind]}, and only ${query.kinds.map((kind) => bodyNames[kind]).join(' or ')} fits here. Name one of those.`,
        });
        return undefined;
    }
    return instances(target, align(path, target), query.steps, context);
}

/** Where a path's steps stand, from the first to the last. */
export function rangeOfSteps(steps: readonly NamedStep[]): SourceRange {
    const [first, last] = [steps[0], steps.at(-1)];
    if (first === undefined || last === undefined) {
        throw new Error('A path has at least one step.');
    }
    return { ...rangeOf(first), end: rangeOf(last).end };
}

/** `<engine>.vm`: the virtual machine that an engine may bring along is no declared element, but has a path. */
function implicitVm(path: readonly string[], { steps, kinds }: PathQuery, context: PathContext): InstanceSet | undefined {
    const owner = path.slice(0, -1);
    const last = steps.at(-1);
    if (path.at(-1) !== 'vm' || last?.first !== undefined || owner.length === 0 || (kinds !== undefined && !kinds.includes('vm'))) {
        return undefined;
    }
    const engines = findCandidates(owner, { steps: [], kinds: ['engine'] }, context.index).filter((candidate) => candidate.kind === 'engine');
    const [engine] = engines;
    const found = engine === undefined || engines.length > 1 ? undefined : instances(engine, align(owner, engine), steps.slice(0, -1), context);
    return found === undefined ? undefined : { element: elementId(`${found.element}.vm`), ranges: found.ranges };
}

/** Whoever names its own name means another; itself only where there is no other, so that a container which waits for itself is told so. */
function findCandidates(path: readonly string[], query: PathQuery, index: ElementIndex): readonly Declaration[] {
    const last = path.at(-1) ?? '';
    const fits = (candidate: Declaration): boolean =>
        candidate !== query.from && (query.isWithinReach?.(candidate) ?? true) && align(path, candidate) !== undefined;
    const ofKind = (candidate: Declaration): boolean => query.kinds === undefined || query.kinds.includes(candidate.kind);
    const choose = (list: readonly Declaration[]): readonly Declaration[] => {
        const fitting = list.filter(fits);
        const right = fitting.filter(ofKind);
        return right.length > 0 ? right : fitting;
    };
    // A whole path means its element, even where it is a sub-sequence of a longer one.
    const whole = index.byId.get(elementId(path.join('.')));
    if (whole !== undefined && fits(whole) && ofKind(whole)) {
        return [whole];
    }
    if (query.from === undefined) {
        return choose(index.named(last));
    }
    let wrong: readonly Declaration[] = [];
    for (const ancestor of ancestry(query.from)) {
        const found = choose(index.namedBelow(last, ancestor));
        if (found.some(ofKind)) {
            const direct = found.find((candidate) => candidate.id === `${ancestor.id}.${path.join('.')}`);
            return direct === undefined ? found : [direct];
        }
        wrong = wrong.length > 0 ? wrong : found;
    }
    const anywhere = query.isWithinReach === undefined ? choose(index.named(last)) : [];
    const found = anywhere.some(ofKind) || wrong.length === 0 ? anywhere : wrong;
    return found.length === 0 && align(path, query.from) !== undefined ? [query.from] : found;
}

/** The ancestor that each step means, outermost first: the nearest of each name. Undefined if the steps are no sub-sequence of the element's path. */
function align(path: readonly string[], target: Declaration): readonly Declaration[] | undefined {
    const found: Declaration[] = [];
    let position = path.length - 1;
    for (const ancestor of ancestry(target)) {
        if (position < 0) {
            break;
        }
        if (ancestor.name === path[position]) {
            found.unshift(ancestor);
            position--;
        } else if (position === path.length - 1) {
            return undefined;
        }
    }
    return position < 0 ? found : undefined;
}

function instances(
    target: Declaration,
    aligned: readonly Declaration[] | undefined,
    steps: readonly NamedStep[],
    context: PathContext,
): InstanceSet | undefined {
    const chosen = new Map<Declaration, IndexRange>();
    let isBroken = false;
    for (const [position, step] of steps.entries()) {
        const element = aligned?.[position];
        if (element !== undefined) {
            context.record({ target: { kind: 'element', name: element.id }, role: 'reference', at: rangeOfProperty(step, 'name') });
            const range = indexRange(step, element, context);
            if (range === 'broken') {
                isBroken = true;
            } else if (range !== undefined) {
                chosen.set(element, range);
            }
        }
    }
    if (isBroken) {
        return undefined;
    }
    const ranges: IndexRange[] = [];
    for (const ancestor of ancestry(target)) {
        if (ancestor.replicas !== undefined) {
            ranges.unshift(chosen.get(ancestor) ?? { first: 1, last: ancestor.replicas });
        }
    }
    return { element: target.id, ranges };
}

function indexRange(step: NamedStep, element: Declaration, { scope, report }: PathContext): IndexRange | 'broken' | undefined {
    if (step.first === undefined) {
        return undefined;
    }
    const first = evaluate(step.first, scope);
    const last = step.last === undefined ? first : evaluate(step.last, scope);
    if (first === undefined || last === undefined) {
        return 'broken';
    }
    const count = element.replicas;
    const isValid =
        [first, last].every(({ value, dimension }) => dimension === 'number' && Number.isInteger(value) && value >= 1 && value <= (count ?? 0)) &&
        first.value <= last.value;
    if (isValid) {
        return { first: first.value, last: last.value };
    }
    report(replicaIndex, {
        at: rangeOf(step),
        facts: { count: count ?? 0 },
        message:
            count === undefined
                ? `\`${element.name}\` has no replicas. Leave out the index, or declare it as \`${element.kind} ${element.name}[2]\`.`
                : count === 0
                  ? `\`${element.name}\` has no replicas: its count is 0. Leave out the index.`
                  : `\`${element.name}\` has the replicas 1 to ${count}. Choose one of them, or a range as in \`${element.name}[1..${count}]\`.`,
    });
    return 'broken';
}

function reportFailure(path: readonly string[], { steps }: PathQuery, candidates: readonly Declaration[], { index, report }: PathContext): void {
    const at = rangeOfSteps(steps);
    const written = path.join('.');
    if (candidates.length > 0) {
        const shortest = candidates.slice(0, maximumListed).map((candidate) => shortestPath(candidate, index));
        const more = candidates.length > maximumListed ? ` (and ${candidates.length - maximumListed} more)` : '';
        report(ambiguousPath, {
            at,
            message: `\`${written}\` may be ${listOr(shortest)}${more}. Write one of these.`,
            facts: { path: written, candidates: shortest },
        });
        return;
    }
    const [name, step] = unknownStep(path, steps, index);
    const near = didYouMean(name, index.names());
    const others = placesOf(path.at(-1) ?? '', index).filter((place) => place !== written);
    report(unknownName, {
        at: step === undefined ? at : rangeOfProperty(step, 'name'),
        facts: { name, candidates: near },
        message:
            index.named(name).length > 0
                ? `\`${written}\` names nothing here: no \`${path.at(-1) ?? ''}\` stands in such a place.${suggestion(others) || ' Name another element.'}`
                : `There is no element \`${name}\`.${suggestion(near) || ' Declare it, or name another.'}`,
    });
}

/** The first step that no element is called by, or the last. */
function unknownStep(path: readonly string[], steps: readonly NamedStep[], index: ElementIndex): readonly [string, NamedStep | undefined] {
    const position = path.findIndex((name) => index.named(name).length === 0);
    return position < 0 ? [path.at(-1) ?? '', undefined] : [path[position] ?? '', steps[position]];
}

const placesOf = (name: string, index: ElementIndex): readonly string[] =>
    index
        .named(name)
        .slice(0, 3)
        .map((candidate) => shortestPath(candidate, index));

/** An error lists no more candidates than this. */
const maximumListed = 8;

/** The shortest path that means this element from anywhere: its name, with an ancestor's in front if need be; else the whole path, which always does. */
export function shortestPath(target: Declaration, index: ElementIndex): string {
    const known = index.shortest.get(target);
    if (known !== undefined) {
        return known;
    }
    const ancestors = [...ancestry(target)].slice(1).map((ancestor) => [ancestor.name, target.name]);
    const unique = [[target.name], ...ancestors].find((path) => {
        const found = findCandidates(path, { steps: [] }, index);
        return outermost(found) === target;
    });
    const path = unique?.join('.') ?? target.id;
    index.shortest.set(target, path);
    return path;
}

/** The candidate that contains all the others. */
function outermost(candidates: readonly Declaration[]): Declaration | undefined {
    return candidates.length > 1 ? candidates.find((outer) => candidates.every((inner) => isInside(inner, outer))) : candidates[0];
}
