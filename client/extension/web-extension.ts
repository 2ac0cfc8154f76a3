/** Entry point of the extension in VS Code for the Web: the server is a worker, and no program can be run. */
import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { languageId } from './contributions.ts';
import { clientOptions } from './language-client.ts';
import { type StrataApi, startExtension } from './start-extension.ts';

/** The worker of the browser: the extension is checked with the types of Node, where a worker is another thing. */
declare const Worker: new (script: string) => { terminate(): void };

export function activate(context: vscode.ExtensionContext): Promise<StrataApi> {
    const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'web-server.js').toString(true);
    let worker: InstanceType<typeof Worker> | undefined;
    const client = new LanguageClient(
        languageId,
        'Strata',
        async () => {
            worker?.terminate();
            worker = new Worker(script);
            // A worker alone would do, were it an instance of `Worker`: VS Code has put a function of its own in that place.
            return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
        },
        clientOptions(context),
    );
    return startExtension(context, { client, kill: () => worker?.terminate() });
}
