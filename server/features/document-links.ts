/** Links from imports to the files they name. */
import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { canonicalUri } from '../sources.ts';
import type { Feature } from './feature.ts';

export const documentLinks: Feature = {
    name: 'document-links',
    capabilities: { documentLinkProvider: { resolveProvider: false } },
    register: ({ onRequest, workspace, spelling }) => {
        onRequest('textDocument/documentLink', ({ textDocument }: DocumentLinkParams): readonly DocumentLink[] => {
            const uri = canonicalUri(textDocument.uri);
            const occurrences = workspace.current(uri)?.lowered.occurrences.byUri.get(uri) ?? [];
            return occurrences
                .filter(({ target }) => target.kind === 'file')
                .map(({ at, target }) => ({ range: { start: at.start, end: at.end }, target: spelling(target.name) }));
        });
    },
};
