/** Substitutes variables in every value of a Compose file; keys stay as they are. */
import type { ImportLog } from '../import-log.ts';
import type { YamlNode, YamlScalar } from '../yaml/yaml-node.ts';
import { substitute } from './substitute.ts';

export function interpolate(node: YamlNode, variables: ReadonlyMap<string, string>, log: ImportLog, path = ''): YamlNode {
    switch (node.kind) {
        case 'scalar':
            return typeof node.value === 'string' && node.value.includes('$') ? interpolateScalar(node, variables, log, path) : node;
        case 'list':
            return { ...node, items: node.items.map((item, index) => interpolate(item, variables, log, `${path}[${index}]`)) };
        case 'map':
            return {
                ...node,
                entries: node.entries.map(({ key, keyAt, value }) => ({
                    key,
                    keyAt,
                    value: interpolate(value, variables, log, path === '' ? key : `${path}.${key}`),
                })),
            };
        default:
            return node satisfies never;
    }
}

function interpolateScalar(node: YamlScalar, variables: ReadonlyMap<string, string>, log: ImportLog, path: string): YamlScalar {
    const substituted = substitute(node.source, variables);
    if (substituted.kind === 'wrong') {
        log.refuse({ at: node.at, path }, 'compose-variable', substituted.reason, substituted.remedy);
        return node;
    }
    const { text, unset } = substituted;
    if (unset.length === 0) {
        return { ...node, value: text, source: text };
    }
    const names = [...new Set(unset)].join(', ');
    if (!/[\p{Letter}\p{Number}]/u.test(text)) {
        log.note({ at: node.at, path }, 'not-carried-over', `nothing but variables without a value: ${names}`, `Set ${names} in the environment or in .env.`);
        return { ...node, value: null, source: '', isUnknown: true };
    }
    log.note({ at: node.at, path }, 'chosen', `${names} without a value counts as empty, as Compose has it`, `Set ${names} in the environment or in .env.`);
    return { ...node, value: text, source: text, isUnknown: true };
}
