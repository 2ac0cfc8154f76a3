/** Asks the editor to ask again, where what it shows depends on more than the text it shows it in. */
import type { FeatureContext } from './features/feature.ts';

export type Refreshed = 'inlayHint' | 'codeLens' | 'diagnostics';

/** After the settings changed, and after a simulation that several open files have a part in. */
export function refreshWhenStale(what: Refreshed, { connection, workspace, settings, client, report }: FeatureContext): void {
    const method = methods[what];
    const refresh = (): void => {
        if (client().workspace?.[what]?.refreshSupport === true) {
            connection.sendRequest(method).catch((error: unknown) => report(method, error));
        }
    };
    settings.onChanged(refresh);
    workspace.onAnalysed(({ sources }) => {
        if (sources.filter(({ version }) => version !== null).length > 1) {
            refresh();
        }
    });
}

const methods: Readonly<Record<Refreshed, string>> = {
    inlayHint: 'workspace/inlayHint/refresh',
    codeLens: 'workspace/codeLens/refresh',
    diagnostics: 'workspace/diagnostic/refresh',
};
