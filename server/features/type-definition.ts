/** Go to type definition: from an element to what it is one of: its operating system, image or type, and its template. */
import type { Location, TextDocumentPositionParams } from 'vscode-languageserver';
import { type Target, targetKey } from '#language/occurrences.ts';
import { elementId } from '#simulation/model/ids.ts';
import type { Element } from '#simulation/model/topology.ts';
import { cursorOf, namesAt, placeOf, toLocation } from '../cursor.ts';
import { isReadable } from '../sources.ts';
import { elementNodeAt } from '../syntax-at.ts';
import type { Understanding } from '../understanding.ts';
import type { Workspace } from '../workspace.ts';
import type { Feature } from './feature.ts';

export const typeDefinition: Feature = {
    name: 'type-definition',
    capabilities: { typeDefinitionProvider: true },
    register: ({ onRequest, workspace, spelling }) => {
        onRequest('textDocument/typeDefinition', (params: TextDocumentPositionParams): readonly Location[] => {
            const cursor = cursorOf(params);
            const found = new Map<string, Location>();
            for (const understanding of workspace.allCurrent(cursor.uri)) {
                for (const { target } of namesAt(cursor, understanding)) {
                    for (const type of target.kind === 'element' ? typesOf(target, understanding, workspace) : []) {
                        for (const { role, at } of understanding.lowered.occurrences.byTarget.get(targetKey(type)) ?? []) {
                            if (role === 'definition') {
                                found.set(placeOf(at), toLocation(at, spelling));
                            }
                        }
                    }
                }
            }
            return [...found.values()];
        });
    },
};

function typesOf({ name }: Target, { lowered }: Understanding, workspace: Workspace): readonly Target[] {
    const id = elementId(name);
    const element = lowered.topology.elements.get(id);
    const place = lowered.origins.elements.get(id)?.name;
    const source = place && workspace.sources.get(place.uri);
    const template = source && isReadable(source) ? elementNodeAt(source, place.start)?.template : undefined;
    return [...(element === undefined ? [] : choicesOf(element)), ...(template === undefined ? [] : [{ kind: 'template', name: template } as const])];
}

function choicesOf(element: Element): readonly Target[] {
    switch (element.kind) {
        case 'host':
        case 'vm':
            return element.os === undefined ? [] : [{ kind: 'os', name: element.os.name }];
        case 'hypervisor':
            return [{ kind: 'hypervisor-type', name: element.type }];
        case 'engine':
            return [{ kind: 'engine-type', name: element.type }];
        case 'container':
            return element.image?.definition === undefined ? [] : [{ kind: 'image', name: element.image.definition }];
        case 'disk':
        case 'nic':
        case 'slice':
        case 'pod':
        case 'process':
            return [];
        default:
            return element satisfies never;
    }
}
