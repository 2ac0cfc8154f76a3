/** Tells the language server what the last commit has for a file, and the previews when that is another commit: asked of VS Code's own git extension. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type CommittedTextAnswer, type CommittedTextParams, committedTextRequest } from '#server/protocol.ts';

/** Of the interface of `vscode.git`, version 1, what is needed here. */
interface GitExtension {
    getAPI(version: 1): GitApi;
}
interface GitApi {
    getRepository(uri: vscode.Uri): GitRepository | null;
    getRepositoryRoot?(uri: vscode.Uri): Promise<vscode.Uri | null>;
    openRepository?(root: vscode.Uri): Promise<GitRepository | null>;
}
interface GitRepository {
    readonly rootUri: vscode.Uri;
    readonly state: { readonly HEAD: { readonly commit?: string } | undefined; readonly onDidChange: vscode.Event<void> };
    show(ref: string, path: string): Promise<string>;
}

export interface CommittedTexts extends vscode.Disposable {
    /** The last commit of a repository that was asked has become another one. */
    readonly onDidMove: vscode.Event<void>;
}

export function serveCommittedTexts(client: BaseLanguageClient): CommittedTexts {
    const moved = new vscode.EventEmitter<void>();
    /** By the root of the repository; its object is another one each time, and may be that of a repository that was closed. */
    const followed = new Map<string, vscode.Disposable>();
    const follow = ({ rootUri, state }: GitRepository): void => {
        const root = rootUri.toString();
        let commit = state.HEAD?.commit;
        followed.get(root)?.dispose();
        followed.set(
            root,
            // It tells of every file that git sees change.
            state.onDidChange(() => {
                if (state.HEAD?.commit !== commit) {
                    commit = state.HEAD?.commit;
                    moved.fire();
                }
            }),
        );
    };
    const served = client.onRequest<CommittedTextAnswer, unknown>(committedTextRequest, ({ uri }: CommittedTextParams) =>
        committedText(vscode.Uri.parse(uri, true), follow),
    );
    return {
        onDidMove: moved.event,
        dispose: () => vscode.Disposable.from(served, moved, ...followed.values()).dispose(),
    };
}

async function committedText(uri: vscode.Uri, follow: (repository: GitRepository) => void): Promise<CommittedTextAnswer> {
    if (!vscode.workspace.isTrusted) {
        return unknown('in a workspace that nobody has trusted yet, git is not asked');
    }
    if (uri.scheme !== 'file') {
        return unknown('the file is not on a disk that git can read');
    }
    const git = await gitApi();
    if (git === undefined) {
        return unknown('this editor has no git, or it is turned off');
    }
    const repository = await repositoryOf(uri, git);
    if (repository === null) {
        return unknown('the file lies in no git repository');
    }
    follow(repository);
    if (repository.state.HEAD?.commit === undefined) {
        return unknown('the git repository has no commit yet');
    }
    try {
        return { kind: 'text', text: await repository.show('HEAD', uri.fsPath) };
    } catch {
        return { kind: 'absent' };
    }
}

/** Nothing where the extension is not there, and where `git.enabled` is off, at which it throws. */
async function gitApi(): Promise<GitApi | undefined> {
    try {
        return (await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate())?.getAPI(1);
    } catch {
        return undefined;
    }
}

/** One that VS Code has not found yet is opened for the question. */
async function repositoryOf(uri: vscode.Uri, git: GitApi): Promise<GitRepository | null> {
    const known = git.getRepository(uri);
    const root = known === null ? await git.getRepositoryRoot?.(uri) : undefined;
    return known ?? (root ? ((await git.openRepository?.(root)) ?? null) : null);
}

function unknown(because: string): CommittedTextAnswer {
    return { kind: 'unknown', because };
}
