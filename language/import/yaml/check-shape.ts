/** Holds YAML against the shape it must have, and says of everything that differs where it stands and what may stand there. */

import { didYouMean } from '../../names/did-you-mean.ts';
import type { ImportLog } from '../import-log.ts';
import { type Shape, shapeName } from './shape.ts';
import { isUnknown, type YamlList, type YamlMap, type YamlNode, type YamlScalar } from './yaml-node.ts';

/** Whether it has the shape. `path` is where the node stands in the file, as `services.web`; `format` begins the codes of errors. */
export function checkShape(node: YamlNode, shape: Shape, path: string, { format, log }: { readonly format: string; readonly log: ImportLog }): boolean {
    let fits = true;
    const refuse = (at: YamlNode['at'], where: string, code: string, reason: string, remedy: string): void => {
        fits = false;
        log.refuse({ at, path: where }, `${format}-${code}`, reason, remedy);
    };
    const wrongType = (given: YamlNode, wanted: Shape, where: string): void =>
        refuse(given.at, where, 'type', `This must be ${shapeName(wanted)}, not ${kindName(given)}`, `Write ${shapeName(wanted)}.`);

    const check = (given: YamlNode, wanted: Shape, where: string): void => {
        if (wanted.kind === 'anything' || isUnknown(given) || log.isFull) {
            return;
        }
        if (wanted.kind === 'either') {
            const fitting = wanted.shapes.filter((one) => suits(given, one));
            const [best] = fitting.filter((one) => one.kind !== 'value' || given.kind !== 'scalar' || one.accepts(given.source));
            const chosen = best ?? fitting[0];
            chosen === undefined ? wrongType(given, wanted, where) : check(given, chosen, where);
            return;
        }
        if (!suits(given, wanted)) {
            wrongType(given, wanted, where);
        } else if (given.kind === 'scalar') {
            checkScalar(given, wanted, where);
        } else if (given.kind === 'list') {
            checkList(given, wanted, where);
        } else {
            checkMap(given, wanted, where);
        }
    };

    const checkScalar = ({ at, source }: YamlScalar, wanted: Shape, where: string): void => {
        const isRight =
            wanted.kind === 'value'
                ? wanted.accepts(source)
                : wanted.kind !== 'text' || ((wanted.words?.includes(source) ?? true) && (wanted.pattern?.test(source) ?? true));
        if (!isRight) {
            refuse(at, where, 'value', `${JSON.stringify(source)} is not ${shapeName(wanted)}`, `Write ${shapeName(wanted)}.`);
        }
    };

    const checkList = ({ items }: YamlList, wanted: Shape, where: string): void => {
        if (wanted.kind !== 'list') {
            return;
        }
        const seen = new Set<string>();
        for (const [number, item] of items.entries()) {
            check(item, wanted.item, `${where}[${number}]`);
            if (wanted.distinct && item.kind === 'scalar' && !isUnknown(item)) {
                if (seen.has(item.source)) {
                    refuse(item.at, `${where}[${number}]`, 'twice', `${JSON.stringify(item.source)} stands in this list twice`, 'Take one out.');
                }
                seen.add(item.source);
            }
        }
    };

    const checkMap = ({ at, entries }: YamlMap, wanted: Shape, where: string): void => {
        const keys = wanted.kind === 'record' ? wanted.keys() : undefined;
        for (const { key, keyAt, value } of entries) {
            const place = where === '' ? key : `${where}.${key}`;
            if (keys !== undefined) {
                const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
                if (known !== undefined) {
                    check(value, known, place);
                } else if (!key.startsWith('x-') && !log.isFull) {
                    const [meant] = didYouMean(key, Object.keys(keys));
                    const remedy = meant === undefined ? 'Take it out, or let its name begin with x-.' : `Did you mean ${meant}?`;
                    refuse(keyAt, place, 'key', `There is no ${JSON.stringify(key)} here`, remedy);
                }
            } else if (wanted.kind === 'dictionary') {
                if (!wanted.key.test(key)) {
                    refuse(keyAt, place, 'key', `${JSON.stringify(key)} is no name that may stand here`, 'Use letters, digits, dots, dashes and underscores.');
                }
                check(value, wanted.value, place);
            }
        }
        const missing = wanted.kind === 'record' ? wanted.required.filter((key) => !entries.some((entry) => entry.key === key)) : [];
        for (const key of missing) {
            refuse(at, where, 'required', `${JSON.stringify(key)} is missing`, `Add ${key}.`);
        }
    };

    check(node, shape, path);
    return fits;
}

/** Whether this kind of node may have the shape at all. */
function suits(node: YamlNode, shape: Shape): boolean {
    switch (shape.kind) {
        case 'anything':
            return true;
        case 'either':
            return shape.shapes.some((one) => suits(node, one));
        case 'list':
            return node.kind === 'list';
        case 'record':
        case 'dictionary':
            return node.kind === 'map';
        case 'null':
            return node.kind === 'scalar' && node.value === null;
        case 'text':
            return node.kind === 'scalar' && typeof node.value === 'string';
        case 'value':
            return (
                node.kind === 'scalar' &&
                (typeof node.value === 'string' ||
                    (shape.of === 'flag' && typeof node.value === 'boolean') ||
                    (shape.of === 'number' && (typeof node.value === 'number' || typeof node.value === 'bigint')))
            );
        default:
            return shape satisfies never;
    }
}

/** What a node is called in messages. */
function kindName(node: YamlNode): string {
    switch (node.kind) {
        case 'map':
            return 'a mapping';
        case 'list':
            return 'a list';
        case 'scalar':
            return node.value === null ? 'empty' : typeof node.value === 'string' ? 'text' : typeof node.value === 'boolean' ? 'true or false' : 'a number';
        default:
            return node satisfies never;
    }
}
