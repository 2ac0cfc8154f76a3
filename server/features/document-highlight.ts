/** Highlights every place in the file that means what stands at the cursor. */
import { type DocumentHighlight, DocumentHighlightKind, type TextDocumentPositionParams } from 'vscode-languageserver';
import { cursorOf, sameNamesAt } from '../cursor.ts';
import type { Feature } from './feature.ts';

export const documentHighlight: Feature = {
    name: 'document-highlight',
    capabilities: { documentHighlightProvider: true },
    register: ({ onRequest, workspace }) => {
        onRequest('textDocument/documentHighlight', (params: TextDocumentPositionParams): readonly DocumentHighlight[] => {
            const cursor = cursorOf(params);
            return sameNamesAt(cursor, workspace)
                .filter(({ at }) => at.uri === cursor.uri)
                .map(({ at, role }) => ({
                    range: { start: at.start, end: at.end },
                    kind: role === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
                }));
        });
    },
};
