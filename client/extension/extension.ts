/** Entry point of the extension on a machine: the server is a process on VS Code's own Node, and tasks and agents can run the command line. */
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { registerCheckTasks } from './check-tasks.ts';
import { languageId } from './contributions.ts';
import { clientOptions } from './language-client.ts';
import type { LanguageServer } from './language-server.ts';
import { registerMcpServer } from './mcp-server.ts';
import { type StrataApi, startExtension } from './start-extension.ts';

/** Room for what lives shortly, in MB: V8 would take eight times as much, and be no faster with it. */
const youngHeap = ['--max-semi-space-size=8'];

export function activate(context: vscode.ExtensionContext): Promise<StrataApi> {
    context.subscriptions.push(registerCheckTasks(context), registerMcpServer(context));
    return startExtension(context, createServer(context));
}

function createServer(context: vscode.ExtensionContext): LanguageServer {
    const module = context.asAbsolutePath('dist/server.cjs');
    const client = new LanguageClient(
        // The id is also the prefix of the setting `strata.trace.server`, which the client reads itself.
        languageId,
        'Strata',
        {
            run: { module, transport: TransportKind.ipc, options: { execArgv: youngHeap } },
            debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
        },
        clientOptions(context),
    );
    let running = client.serverProcess;
    client.onDidChangeState(() => {
        // While it stops, the client has already let go of a process that may be hanging.
        running = client.serverProcess ?? running;
    });
    return { client, kill: () => void running?.kill('SIGKILL') };
}
