/** Opens one of the examples that the extension carries as a new document, to play with and to save anywhere or nowhere. */
import * as vscode from 'vscode';
import { languageId } from './contributions.ts';

/** Asks which where no name is given, as the walkthrough gives one; nothing where nobody chose. */
export async function newFromExample(extensionUri: vscode.Uri, name?: string): Promise<vscode.TextEditor | undefined> {
    const folder = vscode.Uri.joinPath(extensionUri, 'examples');
    const content = name === undefined ? await choose(folder) : await read(vscode.Uri.joinPath(folder, `${name}.strata`));
    if (content === undefined) {
        return undefined;
    }
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: languageId, content }));
}

async function choose(folder: vscode.Uri): Promise<string | undefined> {
    const files = (await vscode.workspace.fs.readDirectory(folder)).map(([file]) => file).filter((file) => file.endsWith('.strata'));
    const items = await Promise.all(
        files.sort().map(async (file) => {
            const content = await read(vscode.Uri.joinPath(folder, file));
            return { label: file.replace(/\.strata$/, ''), detail: firstSentence(content), content };
        }),
    );
    const chosen = await vscode.window.showQuickPick(items, { title: 'New Topology from Example', matchOnDetail: true });
    return chosen?.content;
}

async function read(file: vscode.Uri): Promise<string> {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

/** Every example begins with a comment that says what it teaches. */
function firstSentence(content: string): string {
    const [, comment = ''] = /^\/\*+([\s\S]*?)\*\//.exec(content) ?? [];
    const words = comment.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim();
    return /^.*?[.?!](?=\s|$)/.exec(words)?.[0] ?? words;
}
