/** Find all references, over every file of the topology. */
import type { Location, ReferenceParams } from 'vscode-languageserver';
import { cursorOf, sameNamesAt, toLocation } from '../cursor.ts';
import type { Feature } from './feature.ts';

export const references: Feature = {
    name: 'references',
    capabilities: { referencesProvider: true },
    register: ({ onRequest, workspace, spelling }) => {
        onRequest('textDocument/references', (params: ReferenceParams): readonly Location[] =>
            sameNamesAt(cursorOf(params), workspace)
                .filter(({ role }) => role === 'reference' || params.context.includeDeclaration)
                .map(({ at }) => toLocation(at, spelling)),
        );
    },
};
