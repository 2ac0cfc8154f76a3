/** Asks the editor to ask again, where what it shows depends on more than the text it shows it in. */
import type { FeatureContext } from './features/feature.ts';

export type Refreshed = 'inlayHint' | 'codeLens' | 'diagnostics';

/** After the settings changed, and after a simulation that several open files have a part in, or something that no editor has open. */
export function refreshWhenStale(what: Refreshed, { connection, workspace, settings, client, report }: FeatureContext): void {
    const method = methods[what];
    const refresh = (): void => {
        if (client().workspace?.[what]?.refreshSupport === true) {
            connection.sendRequest(method).catch((error: unknown) => report(method, error));
        }
    };
    settings.onChanged(refresh);
    const openTexts = new Map<string, string>();
    workspace.onAnalysed(({ root, sources }) => {
        const open = sources.filter(({ version }) => version !== null);
        const texts = open.map(({ stamp }) => stamp).join(' ');
        // The same open texts once more: a file of the disk has changed.
        if (open.length > 1 || (open.length === 1 && openTexts.get(root) === texts)) {
            refresh();
        }
        openTexts.set(root, texts);
    });
    workspace.onGone((uris) => {
        for (const uri of uris) {
            openTexts.delete(uri);
        }
    });
}

const methods: Readonly<Record<Refreshed, string>> = {
    inlayHint: 'workspace/inlayHint/refresh',
    codeLens: 'workspace/codeLens/refresh',
    diagnostics: 'workspace/diagnostic/refresh',
};
