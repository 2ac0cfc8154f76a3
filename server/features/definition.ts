/** Go to definition: of elements step by step, lets, templates, imported files, and the built-in catalog's entries. */
import type { Location, TextDocumentPositionParams } from 'vscode-languageserver';
import { targetKey } from '#language/occurrences.ts';
import { cursorOf, namesAt, placeOf, toLocation } from '../cursor.ts';
import type { Feature } from './feature.ts';

export const definition: Feature = {
    name: 'definition',
    capabilities: { definitionProvider: true },
    register: ({ onRequest, workspace, spelling }) => {
        onRequest('textDocument/definition', (params: TextDocumentPositionParams): readonly Location[] => {
            const cursor = cursorOf(params);
            const found = new Map<string, Location>();
            for (const understanding of workspace.allCurrent(cursor.uri)) {
                for (const { target } of namesAt(cursor, understanding)) {
                    if (target.kind === 'file') {
                        const start = { line: 0, character: 0 };
                        found.set(target.name, { uri: spelling(target.name), range: { start, end: start } });
                    }
                    for (const { role, at } of understanding.lowered.occurrences.byTarget.get(targetKey(target)) ?? []) {
                        if (role === 'definition') {
                            found.set(placeOf(at), toLocation(at, spelling));
                        }
                    }
                }
            }
            return ownPlaceLast([...found.values()], params);
        });
    },
};

/** A hypervisor is named by its type: who asks there wants the type's figures, and knows where the hypervisor is. */
function ownPlaceLast(locations: readonly Location[], { textDocument, position }: TextDocumentPositionParams): readonly Location[] {
    const isHere = ({ uri, range: { start, end } }: Location): boolean =>
        uri === textDocument.uri && start.line === position.line && start.character <= position.character && position.character <= end.character;
    return [...locations.filter((location) => !isHere(location)), ...locations.filter(isHere)];
}
