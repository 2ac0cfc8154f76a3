/** Elements that a path may reach, in the shortest form that means only them; in conditions also metrics, functions and walls. */
import { append } from '#simulation/model/append.ts';
import { metricDimensions, walls } from '#simulation/model/expectation.ts';
import type { ElementKind, Topology } from '#simulation/model/topology.ts';
import { functionRules } from '../explain/functions.ts';
import { isShortFor, lastStep } from '../short-path.ts';
import { functionProposals } from './function-proposals.ts';
import type { Proposal } from './proposal.ts';
import { type CompletionSite, wordsSince } from './site.ts';

export function proposePaths(site: CompletionSite, topology: Topology): readonly Proposal[] | undefined {
    const { pending, typed, before } = site;
    if (wordsSince(site, 'expect') !== undefined) {
        return typed.includes('.') ? [...steps(typed, topology), ...metrics(typed)] : [...elements(topology), ...conditionWords];
    }
    if (pending?.shape.kind === 'path') {
        const { kinds } = pending.shape;
        return typed.includes('.') ? steps(typed, topology) : elements(topology, kinds);
    }
    const namespace = wordsSince(site, 'namespace');
    if (site.body.kind === 'container' && namespace !== undefined && namespace.length <= 2) {
        if (namespace.length === 1) {
            return namespaceKinds.map((label) => ({ label, kind: 'word' }));
        }
        return typed.includes('.')
            ? steps(typed, topology)
            : [...['own', 'host'].map((label): Proposal => ({ label, kind: 'word' })), ...elements(topology, ['container'])];
    }
    const action = before.at(-1)?.image ?? '';
    if (site.body.kind === 'scenario' && (stepActions.has(action) || action === 'to') && wordsSince(site, 'at') !== undefined) {
        return typed.includes('.') ? steps(typed, topology) : elements(topology);
    }
    return undefined;
}

/** Every element by the shortest path that means it alone. */
function elements(topology: Topology, kinds?: readonly ElementKind[]): readonly Proposal[] {
    const shortest = shortestPaths(topology);
    return [...topology.elements.values()]
        .filter(({ kind, implicit }) => !implicit && (kinds === undefined || kinds.includes(kind)))
        .map(({ id, kind }) => {
            const path = shortest.get(id) ?? id;
            return { label: path, kind: 'element', detail: `${kind} ${id}`, filter: `${path} ${id}` };
        });
}

/** What may follow the last dot: the children of every element that the steps before it may mean. */
function steps(typed: string, topology: Topology): readonly Proposal[] {
    const head = typed.slice(0, typed.lastIndexOf('.'));
    const found = new Map<string, Proposal>();
    for (const element of topology.elements.values()) {
        const parent = element.parent;
        const name = lastStep(element.id);
        if (parent !== undefined && isShortFor(withoutIndices(head), parent)) {
            found.set(name, { label: name, kind: 'element', insert: `${head}.${name}`, filter: `${head}.${name}`, detail: `${element.kind} ${element.id}` });
        }
    }
    return [...found.values()];
}

function metrics(typed: string): readonly Proposal[] {
    const [, head = '', begun = ''] = /^(.*?)\.((?:cpu|memory|disk|io|network)\.[^.]*)$/.exec(typed) ?? /^(.*)\.([^.]*)$/.exec(typed) ?? [];
    return Object.entries(metricDimensions)
        .filter(([name]) => !begun.includes('.') || name.startsWith(begun.slice(0, begun.indexOf('.') + 1)))
        .map(([name, dimension]) => ({ label: name, kind: 'metric', insert: `${head}.${name}`, filter: `${head}.${name}`, detail: metricDetails[dimension] }));
}

const metricDetails = {
    cpu: 'in cores',
    memory: 'in bytes',
    rate: 'in bytes a second',
    time: 'in seconds',
    work: 'in core-seconds',
    number: 'a share or count',
} as const;

const conditionWords: readonly Proposal[] = [...functionProposals(functionRules), ...walls.map((label): Proposal => ({ label, kind: 'word', detail: 'wall' }))];

const namespaceKinds = ['pid', 'network', 'ipc', 'uts', 'mount', 'user', 'cgroup', 'time'] as const;
const stepActions: ReadonlySet<string> = new Set(['fail', 'recover', 'stop', 'start', 'breach', 'load', 'set', 'migrate']);

/** For each element the fewest last steps, and if need be first ones, that no other element's path holds in that order and ends with. */
function shortestPaths(topology: Topology): ReadonlyMap<string, string> {
    const byName = new Map<string, string[]>();
    for (const id of topology.elements.keys()) {
        append(byName, lastStep(id), id);
    }
    const shortest = new Map<string, string>();
    for (const ids of byName.values()) {
        for (const id of ids) {
            shortest.set(id, shortestOf(id, ids));
        }
    }
    return shortest;
}

function shortestOf(id: string, sameName: readonly string[]): string {
    const path = id.split('.');
    const name = path.at(-1) ?? id;
    const means = (short: string): boolean => sameName.every((other) => other === id || !isShortFor(short, other));
    const oneMore = path
        .slice(0, -1)
        .reverse()
        .map((step) => `${step}.${name}`);
    const endings = path.map((_, index) => path.slice(path.length - 1 - index).join('.'));
    return [name, ...oneMore, ...endings].find(means) ?? id;
}

function withoutIndices(path: string): string {
    return path.replaceAll(/\[[^\]]*\]?/g, '');
}
