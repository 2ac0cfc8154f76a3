/** The built-in catalog as read-only documents, so that `Go to Definition` on `kvm` or `debian` opens the figures and their sources. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type CatalogTextAnswer, type CatalogTextParams, catalogTextRequest } from '#server/protocol.ts';
import { catalogScheme } from './contributions.ts';

export function registerCatalogDocuments(client: BaseLanguageClient): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(catalogScheme, {
        async provideTextDocumentContent(uri, token) {
            const answer: CatalogTextAnswer = await client.sendRequest(catalogTextRequest, { uri: uri.toString() } satisfies CatalogTextParams, token);
            if (answer === null) {
                throw vscode.FileSystemError.FileNotFound(uri);
            }
            return answer;
        },
    });
}
