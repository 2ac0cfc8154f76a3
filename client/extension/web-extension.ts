/** Entry point of the extension in VS Code for the Web: the server is a worker, and no program can be run. */
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { languageId } from './contributions.ts';
import { clientOptions } from './language-client.ts';
import { type StrataApi, startExtension } from './start-extension.ts';

/** The worker of the browser: the extension is checked with the types of Node, where a worker is another thing. */
declare const Worker: new (script: string) => WorkerHandle;
interface WorkerHandle {
    terminate(): void;
}

export function activate(context: vscode.ExtensionContext): Promise<StrataApi> {
    const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'web-server.js');
    let worker: WorkerHandle | undefined;
    const client = new LanguageClient(
        languageId,
        'Strata',
        async () => {
            worker?.terminate();
            worker = await startWorker(script);
            return worker;
        },
        clientOptions(context),
    );
    return startExtension(context, { client, kill: () => worker?.terminate() });
}

/** From the address of an extension that is kept on another machine VS Code starts no worker, but it reads what stands there. */
async function startWorker(script: vscode.Uri): Promise<WorkerHandle> {
    if (script.scheme !== 'vscode-remote') {
        return new Worker(script.toString(true));
    }
    const bytes = await vscode.workspace.fs.readFile(script);
    return new Worker(URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: 'text/javascript' })));
}
