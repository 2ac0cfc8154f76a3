/** Lays one Compose model over another, with the rules of Compose: mappings join, lists add up, `!override` replaces and `!reset` takes out. */
import type { ImportLog } from '../import-log.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/yaml-node.ts';

/** What lies over it replaces it whole. */
const replaced = /^services\.[^.]+\.(?:command|entrypoint|healthcheck\.test)$|\.ulimits\.[^.]+$/;
/** Names, alone or with what is said of them. */
const namesOrEntries = /^services\.[^.]+\.(?:depends_on|networks|models)$/;
/** A text, a list or a mapping of texts, all of which add up. */
const addsUp =
    /^services\.[^.]+\.(?:annotations|build\.(?:args|additional_contexts|extra_hosts|labels)|deploy\.labels|dns|dns_search|env_file|label_file|environment|extra_hosts|labels|sysctls|tmpfs)$|^(?:networks|volumes)\.[^.]+\.labels$/;
const buildPath = /^services\.[^.]+\.build$/;

export function mergeNodes(base: YamlNode, over: YamlNode, path: string, log: ImportLog): YamlNode {
    if (over.tag === '!override' || replaced.test(path)) {
        return over;
    }
    if (over.kind === 'scalar' && over.value === null) {
        return base;
    }
    if (base.kind === 'scalar' && base.value === null) {
        return over;
    }
    const sameForm = namesOrEntries.test(path) ? asEntries : addsUp.test(path) ? asList : buildPath.test(path) ? asBuild : asItIs;
    const [below, above] = [sameForm(base), sameForm(over)];
    if (below.kind === 'map' && above.kind === 'map') {
        return mergeMaps(below, above, path, log);
    }
    if (below.kind === 'list' && above.kind === 'list') {
        return { ...above, items: [...below.items, ...above.items] };
    }
    if (below.kind !== 'scalar' && above.kind !== below.kind) {
        log.refuse(
            { at: over.at, path },
            'compose-merge',
            `This can not be laid over what stands in ${base.at.file}:${base.at.line}`,
            'Use the same form in both, or !override.',
        );
    }
    return above;
}

function mergeMaps(base: YamlMap, over: YamlMap, path: string, log: ImportLog): YamlMap {
    const entries = new Map<string, YamlEntry>(base.entries.map((entry) => [entry.key, entry]));
    for (const entry of over.entries) {
        const below = entries.get(entry.key);
        if (entry.value.tag === '!reset') {
            entries.delete(entry.key);
        } else {
            const value = below === undefined ? entry.value : mergeNodes(below.value, entry.value, path === '' ? entry.key : `${path}.${entry.key}`, log);
            entries.set(entry.key, { ...entry, value });
        }
    }
    return { ...over, entries: [...entries.values()] };
}

/** Takes out what a tag resets where nothing lies below. */
export function withoutResets(node: YamlNode): YamlNode {
    switch (node.kind) {
        case 'map':
            return {
                ...node,
                entries: node.entries.filter(({ value }) => value.tag !== '!reset').map((entry) => ({ ...entry, value: withoutResets(entry.value) })),
            };
        case 'list':
            return { ...node, items: node.items.filter(({ tag }) => tag !== '!reset').map(withoutResets) };
        default:
            return node;
    }
}

const asItIs = (node: YamlNode): YamlNode => node;

/** A list of names as a mapping in which nothing is said of them. */
function asEntries(node: YamlNode): YamlNode {
    if (node.kind !== 'list') {
        return node;
    }
    const entries = node.items.map((item): YamlEntry => ({ key: item.kind === 'scalar' ? item.source : '', keyAt: item.at, value: nothingAt(item) }));
    return { kind: 'map', at: node.at, entries };
}

/** Invariant: nothing reads the texts that come of this, so a value may be lost. */
const asList = (node: YamlNode): YamlNode =>
    node.kind === 'list' ? node : { kind: 'list', at: node.at, items: node.kind === 'map' ? node.entries.map(({ value }) => value) : [node] };

const nothingAt = ({ at }: YamlNode): YamlNode => ({ kind: 'scalar', at, value: null, source: '' });

const asBuild = (node: YamlNode): YamlNode =>
    node.kind === 'scalar' ? { kind: 'map', at: node.at, entries: [{ key: 'context', keyAt: node.at, value: node }] } : node;
