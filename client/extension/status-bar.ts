/** The status bar's item: the tightest place of the active topology, in the colour of its worst finding; a click opens the preview. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type SummaryAnswer, type SummaryParams, summaryRequest } from '#server/protocol.ts';
import type { ActiveTopology } from './active-topology.ts';
import type { ChangedFiles } from './changed-files.ts';
import { commands, contextKeys, statusBarItemId } from './contributions.ts';
import { isDrawable } from './language-client.ts';

export interface StatusBar extends vscode.Disposable {
    readonly item: vscode.StatusBarItem;
}

export function registerStatusBar(client: BaseLanguageClient, topology: ActiveTopology, changed: ChangedFiles): StatusBar {
    const item = vscode.window.createStatusBarItem(statusBarItemId, vscode.StatusBarAlignment.Left);
    item.name = 'Strata: Tightest Place';
    let latest = 0;

    const update = async (): Promise<void> => {
        latest += 1;
        const turn = latest;
        const uri = topology.uri();
        const wanted = uri !== undefined && isShownNow();
        const summary = wanted ? await ask(client, uri).catch(() => undefined) : undefined;
        // An overtaken answer is dropped.
        if (turn === latest) {
            show(item, summary ?? undefined, uri);
        }
    };
    const disposable = vscode.Disposable.from(
        item,
        topology.onDidChange(update),
        vscode.window.onDidChangeActiveTextEditor(update),
        changed.onDidChange((isChanged) => {
            const uri = topology.uri();
            if (uri !== undefined && isChanged(uri)) {
                void update();
            }
        }),
    );
    return { item, dispose: () => disposable.dispose() };
}

/** Beside a text of another language the figures of a topology mean nothing; beside the preview, which is no text, they do. */
function isShownNow(): boolean {
    const editor = vscode.window.activeTextEditor;
    return editor === undefined || isDrawable(editor.document);
}

function ask(client: BaseLanguageClient, uri: vscode.Uri): Promise<SummaryAnswer> {
    return client.sendRequest<SummaryAnswer>(summaryRequest, { uri: uri.toString() } satisfies SummaryParams);
}

function show(item: vscode.StatusBarItem, summary: NonNullable<SummaryAnswer> | undefined, uri: vscode.Uri | undefined): void {
    void vscode.commands.executeCommand('setContext', contextKeys.hasErrors, (summary?.status.errors ?? 0) > 0);
    if (summary === undefined || uri === undefined) {
        item.hide();
        return;
    }
    const { status, tightest, hosts } = summary;
    const [icon, background] = status.errors > 0 ? looks.error : status.warnings > 0 ? looks.warning : looks.fine;
    item.text = `$(${icon}) ${tightest ?? 'Strata'}`;
    item.backgroundColor = background;
    item.tooltip = [...hosts, countText(status.errors, 'error'), countText(status.warnings, 'warning'), status.stale ? (status.because ?? '') : '']
        .filter((line) => line !== '')
        .join('\n');
    item.command = { command: commands.openPreviewToSide, title: 'Open Preview to the Side', arguments: [uri] };
    item.show();
}

const looks = {
    fine: ['dashboard', undefined],
    warning: ['warning', new vscode.ThemeColor('statusBarItem.warningBackground')],
    error: ['error', new vscode.ThemeColor('statusBarItem.errorBackground')],
} as const;

function countText(count: number, word: string): string {
    return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`;
}
