/** Publishes findings to editors that do not ask for them: one publish for a file and version, of grammar, checks and simulation together. */
import type { Diagnostic } from 'vscode-languageserver';
import { fileDiagnostics } from '../file-diagnostics.ts';
import { type ChangedParams, changedNotification } from '../protocol.ts';
import type { Feature, FeatureContext } from './feature.ts';

export const diagnostics: Feature = {
    name: 'diagnostics',
    register: (context) => {
        const { notify, workspace, spelling, settings } = context;
        const published = new Map<string, string>();
        const send = (uri: string, found: Diagnostic[], version: number | null): void => {
            const params = { uri: spelling(uri), diagnostics: found, ...(version !== null && { version }) };
            notify('textDocument/publishDiagnostics', params);
        };
        const publish = (uri: string): void => {
            const analyses = workspace.allAnalysed(uri);
            const version = analyses?.[0]?.sources.find((source) => source.uri === uri)?.version ?? null;
            // A file of several topologies waits until the last of them is judged.
            if (analyses !== undefined && !asksForDiagnostics(context)) {
                const found = [...fileDiagnostics(uri, analyses, context)];
                const content = JSON.stringify([version, found]);
                const isNews = published.has(uri) || version !== null || found.length > 0;
                if (isNews && published.get(uri) !== content) {
                    published.set(uri, content);
                    send(uri, found, version);
                }
            }
        };
        workspace.onAnalysed(({ sources }) => {
            for (const { uri } of sources) {
                publish(uri);
            }
            const changed: ChangedParams = { uris: sources.map(({ uri }) => spelling(uri)) };
            notify(changedNotification, changed);
        });
        workspace.onGone((uris) => {
            for (const uri of uris) {
                if (published.delete(uri)) {
                    send(uri, [], null);
                }
            }
        });
        settings.onChanged(() => {
            for (const uri of published.keys()) {
                publish(uri);
            }
        });
    },
};

/** Whether the editor pulls; what is pushed as well it would show twice. */
function asksForDiagnostics({ client }: FeatureContext): boolean {
    return client().textDocument?.diagnostic !== undefined;
}
