/** Which requests a server has promised to answer, from the capabilities that it declared. */
import type { ServerCapabilities } from 'vscode-languageserver';

/** By capability, as LSP 3.18 has it; what a capability says of itself can add to them. */
const requestsOf: Readonly<Record<string, (provider: Readonly<Record<string, unknown>>) => readonly string[]>> = {
    positionEncoding: () => [],
    textDocumentSync: () => [],
    hoverProvider: () => ['textDocument/hover'],
    completionProvider: ({ resolveProvider }) => ['textDocument/completion', ...(resolveProvider === true ? ['completionItem/resolve'] : [])],
    signatureHelpProvider: () => ['textDocument/signatureHelp'],
    definitionProvider: () => ['textDocument/definition'],
    typeDefinitionProvider: () => ['textDocument/typeDefinition'],
    declarationProvider: () => ['textDocument/declaration'],
    implementationProvider: () => ['textDocument/implementation'],
    referencesProvider: () => ['textDocument/references'],
    documentHighlightProvider: () => ['textDocument/documentHighlight'],
    documentSymbolProvider: () => ['textDocument/documentSymbol'],
    workspaceSymbolProvider: ({ resolveProvider }) => ['workspace/symbol', ...(resolveProvider === true ? ['workspaceSymbol/resolve'] : [])],
    codeActionProvider: ({ resolveProvider }) => ['textDocument/codeAction', ...(resolveProvider === true ? ['codeAction/resolve'] : [])],
    codeLensProvider: ({ resolveProvider }) => ['textDocument/codeLens', ...(resolveProvider === true ? ['codeLens/resolve'] : [])],
    documentLinkProvider: ({ resolveProvider }) => ['textDocument/documentLink', ...(resolveProvider === true ? ['documentLink/resolve'] : [])],
    inlayHintProvider: ({ resolveProvider }) => ['textDocument/inlayHint', ...(resolveProvider === true ? ['inlayHint/resolve'] : [])],
    documentFormattingProvider: () => ['textDocument/formatting'],
    documentRangeFormattingProvider: ({ rangesSupport }) => [
        'textDocument/rangeFormatting',
        ...(rangesSupport === true ? ['textDocument/rangesFormatting'] : []),
    ],
    documentOnTypeFormattingProvider: () => ['textDocument/onTypeFormatting'],
    renameProvider: ({ prepareProvider }) => ['textDocument/rename', ...(prepareProvider === true ? ['textDocument/prepareRename'] : [])],
    foldingRangeProvider: () => ['textDocument/foldingRange'],
    selectionRangeProvider: () => ['textDocument/selectionRange'],
    linkedEditingRangeProvider: () => ['textDocument/linkedEditingRange'],
    callHierarchyProvider: () => ['textDocument/prepareCallHierarchy', 'callHierarchy/incomingCalls', 'callHierarchy/outgoingCalls'],
    typeHierarchyProvider: () => ['textDocument/prepareTypeHierarchy', 'typeHierarchy/supertypes', 'typeHierarchy/subtypes'],
    semanticTokensProvider: ({ full, range }) => [
        'textDocument/semanticTokens/full',
        ...(typeof full === 'object' && full !== null && 'delta' in full && full.delta === true ? ['textDocument/semanticTokens/full/delta'] : []),
        ...(range === true ? ['textDocument/semanticTokens/range'] : []),
    ],
    diagnosticProvider: ({ workspaceDiagnostics }) => ['textDocument/diagnostic', ...(workspaceDiagnostics === true ? ['workspace/diagnostic'] : [])],
    executeCommandProvider: () => ['workspace/executeCommand'],
    workspace: ({ fileOperations }) =>
        ['willCreate', 'willRename', 'willDelete']
            .filter((operation) => typeof fileOperations === 'object' && fileOperations !== null && operation in fileOperations)
            .map((operation) => `workspace/${operation}Files`),
};

export function declaredRequests(capabilities: ServerCapabilities): readonly string[] {
    return Object.entries(capabilities).flatMap(([capability, provider]) => {
        const requests = requestsOf[capability];
        if (requests === undefined) {
            throw new Error(`Say in declared-requests.ts which requests belong to ${capability}.`);
        }
        return provider === false ? [] : requests(typeof provider === 'object' ? provider : {});
    });
}
