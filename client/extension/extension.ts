/** Entry point of the extension: starts the language client and registers what the manifest promises. */
import type * as vscode from 'vscode';
import { registerCatalogDocuments } from './catalog-documents.ts';
import { registerCommands } from './commands.ts';
import { createLanguageClient } from './language-client.ts';
import { registerPreviews } from './previews.ts';

/** What other extensions, and the tests inside VS Code, can ask. */
export interface StrataApi {
    /** The document and the revision of the picture that the preview shows now. */
    shownPicture(): { readonly uri: string; readonly revision: string | undefined } | undefined;
}

export async function activate(context: vscode.ExtensionContext): Promise<StrataApi> {
    const client = createLanguageClient(context);
    const previews = registerPreviews(context, client);
    context.subscriptions.push(client, previews, registerCommands(client, previews), registerCatalogDocuments(client));
    await client.start();
    return {
        shownPicture() {
            const preview = previews.current();
            return preview === undefined ? undefined : { uri: preview.uri().toString(), revision: preview.revision() };
        },
    };
}
