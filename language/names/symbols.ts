/** The names of a topology that are no elements: lets, templates, definitions, scenarios. */
import type { AstNode } from 'langium';
import { duplicateName } from '../checks/duplicate-name.ts';
import {
    type ImageItem,
    type Item,
    isImageItem,
    isLet,
    isOsItem,
    isScenario,
    isTemplate,
    isTypeDefinition,
    type Let,
    type OsItem,
    type Scenario,
    type Template,
    type TypeDefinition,
} from '../generated/ast.ts';
import type { Occurrence, TargetKind } from '../occurrences.ts';
import type { Report } from '../problems.ts';
import type { StrataDocument } from '../services.ts';
import { rangeOfProperty } from '../syntax/ranges.ts';

/** By name; where a name is defined twice, the first counts. */
export interface Symbols {
    readonly lets: ReadonlyMap<string, Let>;
    readonly templates: ReadonlyMap<string, Template>;
    readonly scenarios: ReadonlyMap<string, Scenario>;
    /** The user's, before the catalog's. */
    readonly operatingSystems: ReadonlyMap<string, OsItem>;
    readonly images: ReadonlyMap<string, ImageItem>;
    readonly hypervisorTypes: ReadonlyMap<string, TypeDefinition>;
    readonly engineTypes: ReadonlyMap<string, TypeDefinition>;
    readonly runtimeTypes: ReadonlyMap<string, TypeDefinition>;
}

export function collectSymbols(
    documents: readonly StrataDocument[],
    catalog: readonly StrataDocument[],
    report: Report,
    record: (occurrence: Occurrence) => void,
): Symbols {
    const symbols = {
        lets: new Map<string, Let>(),
        templates: new Map<string, Template>(),
        scenarios: new Map<string, Scenario>(),
        operatingSystems: new Map<string, OsItem>(),
        images: new Map<string, ImageItem>(),
        hypervisorTypes: new Map<string, TypeDefinition>(),
        engineTypes: new Map<string, TypeDefinition>(),
        runtimeTypes: new Map<string, TypeDefinition>(),
    };
    const define = <Node extends AstNode & { readonly name?: string }>(kind: TargetKind, map: Map<string, Node>, node: Node, isCatalog: boolean): void => {
        const name = node.name;
        if (name === undefined || (isCatalog && map.has(name))) {
            return;
        }
        const at = rangeOfProperty(node, 'name');
        record({ target: { kind, name }, role: 'definition', at });
        const first = map.get(name);
        if (first === undefined) {
            map.set(name, node);
        } else {
            report(duplicateName, {
                at,
                message: `There is already ${nouns[kind] ?? 'something'} called \`${name}\`. Give this one another name.`,
                facts: { name },
                related: [{ at: rangeOfProperty(first, 'name'), message: 'It is defined here first.' }],
            });
        }
    };
    const visit = (item: Item, isCatalog: boolean): void => {
        if (isLet(item)) {
            define('let', symbols.lets, item, isCatalog);
        } else if (isTemplate(item)) {
            define('template', symbols.templates, item, isCatalog);
        } else if (isScenario(item)) {
            define('scenario', symbols.scenarios, item, isCatalog);
        } else if (isOsItem(item) && item.body !== undefined) {
            define('os', symbols.operatingSystems, item, isCatalog);
        } else if (isImageItem(item) && item.body !== undefined) {
            define('image', symbols.images, item, isCatalog);
        } else if (isTypeDefinition(item)) {
            const kind = typeKind(item);
            define(
                kind,
                { 'engine-type': symbols.engineTypes, 'hypervisor-type': symbols.hypervisorTypes, 'runtime-type': symbols.runtimeTypes }[kind],
                item,
                isCatalog,
            );
        }
    };
    for (const [list, isCatalog] of [
        [documents, false],
        [catalog, true],
    ] as const) {
        for (const document of list) {
            for (const item of document.parseResult.value.items) {
                visit(item, isCatalog);
            }
        }
    }
    return symbols;
}

/** What a `type` definition is of; `type` alone, half typed, is taken for a hypervisor's. */
export const typeKind = ({ of }: TypeDefinition): 'engine-type' | 'hypervisor-type' | 'runtime-type' => `${of ?? 'hypervisor'}-type`;

const nouns: Partial<Record<TargetKind, string>> = {
    let: 'a let',
    template: 'a template',
    scenario: 'a scenario',
    os: 'an operating system',
    image: 'an image',
    'engine-type': 'an engine type',
    'hypervisor-type': 'a hypervisor type',
    'runtime-type': 'a runtime',
};
