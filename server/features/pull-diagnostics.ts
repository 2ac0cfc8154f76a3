/** Findings for editors that ask for them: of one text when its simulation is done, and of every file of the workspace. */
import {
    type DocumentDiagnosticParams,
    type DocumentDiagnosticReport,
    type FullDocumentDiagnosticReport,
    LSPErrorCodes,
    ResponseError,
    type UnchangedDocumentDiagnosticReport,
    type WorkspaceDiagnosticParams,
    type WorkspaceDiagnosticReport,
    type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { catalogScheme } from '#language/catalog.ts';
import type { Analysis } from '../analysis.ts';
import { fileDiagnostics } from '../file-diagnostics.ts';
import { refreshWhenStale } from '../refresh.ts';
import { canonicalUri } from '../sources.ts';
import type { Feature, FeatureContext } from './feature.ts';

export const pullDiagnostics: Feature = {
    name: 'pull-diagnostics',
    capabilities: { diagnosticProvider: { identifier: 'strata', interFileDependencies: true, workspaceDiagnostics: true } },
    register: (context) => {
        const { onRequest, workspace, settings, spelling } = context;
        const report = reporter(context);
        onRequest('textDocument/diagnostic', async ({ textDocument, previousResultId }: DocumentDiagnosticParams, token): Promise<DocumentDiagnosticReport> => {
            const uri = canonicalUri(textDocument.uri);
            if (uri.startsWith(`${catalogScheme}:`)) {
                return { kind: 'full', items: [] };
            }
            await settings.read();
            await workspace.analysedEverywhere(uri, token);
            const analyses = workspace.allAnalysed(uri);
            if (analyses === undefined) {
                // The text has changed meanwhile: an answer would be about an older one.
                throw new ResponseError(LSPErrorCodes.ServerCancelled, 'The text has changed.', { retriggerRequest: true });
            }
            return report(uri, analyses, previousResultId);
        });
        onRequest('workspace/diagnostic', async ({ previousResultIds }: WorkspaceDiagnosticParams): Promise<WorkspaceDiagnosticReport> => {
            await settings.read();
            const previous = new Map(previousResultIds.map(({ uri, value }) => [canonicalUri(uri), value]));
            const items = workspace.allUris().flatMap((uri): readonly WorkspaceDocumentDiagnosticReport[] => {
                // What is not judged yet is asked for again.
                const analyses = workspace.allAnalysed(uri);
                const version = analyses?.[0]?.sources.find((source) => source.uri === uri)?.version ?? null;
                return analyses === undefined ? [] : [{ ...report(uri, analyses, previous.get(uri)), uri: spelling(uri), version }];
            });
            const gone = [...previous.keys()].filter((uri) => !workspace.allUris().includes(uri));
            const cleared = gone.map((uri): WorkspaceDocumentDiagnosticReport => ({ kind: 'full', items: [], uri: spelling(uri), version: null }));
            return { items: [...items, ...cleared] };
        });
        refreshWhenStale('diagnostics', context);
    },
};

/** Tells by a number whether the editor has the same findings already. */
function reporter(context: FeatureContext) {
    const latest = new Map<string, { readonly content: string; readonly resultId: string }>();
    let results = 0;
    return (
        uri: string,
        analyses: readonly Analysis[],
        previousResultId: string | undefined,
    ): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport => {
        const items = [...fileDiagnostics(uri, analyses, context)];
        const content = JSON.stringify(items);
        const known = latest.get(uri);
        if (known?.content === content && known.resultId === previousResultId) {
            return { kind: 'unchanged', resultId: known.resultId };
        }
        results += known?.content === content ? 0 : 1;
        const resultId = known?.content === content ? known.resultId : String(results);
        latest.set(uri, { content, resultId });
        return { kind: 'full', resultId, items };
    };
}
