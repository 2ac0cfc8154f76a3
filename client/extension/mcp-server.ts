/** Offers the tools of `strata mcp` to the agents of VS Code, where it has a place for them. */
import * as vscode from 'vscode';
import { mcpProviderId } from './contributions.ts';

/** In VS Code since 1.101; where it is older, or another editor of its kind, all of this may be missing. */
interface McpApi {
    readonly lm?: {
        readonly registerMcpServerDefinitionProvider?: (id: string, provider: McpProvider) => vscode.Disposable;
    };
    readonly McpStdioServerDefinition?: new (label: string, command: string, args: string[], env: Record<string, string>, version: string) => object;
}

interface McpProvider {
    readonly onDidChangeMcpServerDefinitions: vscode.Event<void>;
    readonly provideMcpServerDefinitions: () => object[];
}

/** Nothing where VS Code does not know such servers. */
export function registerMcpServer(context: vscode.ExtensionContext): vscode.Disposable {
    const { lm, McpStdioServerDefinition } = vscode as unknown as McpApi;
    if (lm?.registerMcpServerDefinitionProvider === undefined || McpStdioServerDefinition === undefined) {
        return new vscode.Disposable(() => undefined);
    }
    const changed = new vscode.EventEmitter<void>();
    const changes = [vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()), vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire())];
    const provider = lm.registerMcpServerDefinitionProvider(mcpProviderId, {
        onDidChangeMcpServerDefinitions: changed.event,
        provideMcpServerDefinitions: () => {
            const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
            // A program runs only where somebody trusts the files, and it reads nothing outside of them.
            if (!vscode.workspace.isTrusted || folders.length === 0) {
                return [];
            }
            const program = context.asAbsolutePath('dist/strata.cjs');
            const version = String(context.extension.packageJSON.version);
            // In a desktop VS Code this program is the editor itself, which is a Node where it is told to be one.
            return [new McpStdioServerDefinition('Strata', process.execPath, [program, 'mcp', '--root', ...folders], { ELECTRON_RUN_AS_NODE: '1' }, version)];
        },
    });
    return vscode.Disposable.from(provider, changed, ...changes);
}
