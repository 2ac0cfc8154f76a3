/** Imports files of another format: the text opens as a new document, and what it does not say as they do stands in an output channel. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type ImportAnswer, type ImportFormatsAnswer, type ImportParams, importFormatsRequest, importRequest } from '#server/protocol.ts';
import { languageId } from './contributions.ts';

/** Asks for what is not given; nothing where nobody chose. */
export async function importFiles(client: BaseLanguageClient, file?: vscode.Uri, format?: string): Promise<vscode.TextEditor | undefined> {
    const formats = await formatsOf(client);
    if (formats === undefined) {
        await vscode.window.showErrorMessage(
            'Importing reads files beside those that are named, which a browser has not. Use VS Code on a machine, or `strata import`.',
        );
        return undefined;
    }
    const chosen = formats.find(({ name }) => name === format) ?? (await chooseFormat(formats));
    const uris = chosen && (file !== undefined ? [file] : chosen.needsFiles ? await chooseFiles(chosen.title) : []);
    if (chosen === undefined || uris === undefined) {
        return undefined;
    }
    const params: ImportParams = { format: chosen.name, uris: uris.map(String) };
    const { text, report } = await client.sendRequest<ImportAnswer>(importRequest, params);
    const channel = reportChannel();
    channel.replace(`${report.join('\n')}\n`);
    if (text === undefined) {
        channel.show(true);
        await vscode.window.showErrorMessage(`${chosen.title} could not be imported: ${report[0] ?? 'nothing says why'}`);
        return undefined;
    }
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: languageId, content: text }));
    void offerReport(channel, report.at(-1) ?? '');
    return editor;
}

/** Undefined where the server can import nothing. */
async function formatsOf(client: BaseLanguageClient): Promise<ImportFormatsAnswer | undefined> {
    try {
        return await client.sendRequest<ImportFormatsAnswer>(importFormatsRequest);
    } catch {
        return undefined;
    }
}

async function chooseFormat(formats: ImportFormatsAnswer): Promise<ImportFormatsAnswer[number] | undefined> {
    const items = formats.map((format) => ({ label: format.title, description: format.name, format }));
    return (await vscode.window.showQuickPick(items, { title: 'Import', placeHolder: 'What the files are', matchOnDescription: true }))?.format;
}

const chooseFiles = (title: string): Thenable<readonly vscode.Uri[] | undefined> =>
    vscode.window.showOpenDialog({ title: `Import ${title}`, openLabel: 'Import', canSelectMany: true, canSelectFiles: true });

let channel: vscode.OutputChannel | undefined;

/** One for all imports, made when it is first needed. */
function reportChannel(): vscode.OutputChannel {
    channel ??= vscode.window.createOutputChannel('Strata Import');
    return channel;
}

async function offerReport(report: vscode.OutputChannel, summary: string): Promise<void> {
    const show = 'Show Report';
    if ((await vscode.window.showInformationMessage(`Imported. ${summary}`, show)) === show) {
        report.show(true);
    }
}
