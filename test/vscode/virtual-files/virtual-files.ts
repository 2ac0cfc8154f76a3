/** An extension for the tests: a file system under `vscode-vfs:` that is on no disk, as the one that shows a repository of a web site. */
import * as vscode from 'vscode';

const files: ReadonlyMap<string, string> = new Map([
    ['/main.strata', 'import "deep/spare.strata"\n\nexpect spare.memory.headroom >= 99 %\n'],
    ['/deep/spare.strata', 'host spare {\n  cpu 4 cores\n  memory 8 GiB\n  os debian\n}\n'],
]);
const folders: ReadonlyMap<string, [string, vscode.FileType][]> = new Map([
    [
        '/',
        [
            ['main.strata', vscode.FileType.File],
            ['deep', vscode.FileType.Directory],
        ],
    ],
    ['/deep', [['spare.strata', vscode.FileType.File]]],
]);

function found<Value>(uri: vscode.Uri, value: Value | undefined): Value {
    if (value === undefined) {
        throw vscode.FileSystemError.FileNotFound(uri);
    }
    return value;
}

function refuse(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
}

const fileSystem: vscode.FileSystemProvider = {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) => {
        const isFolder = folders.has(uri.path);
        const size = isFolder ? 0 : found(uri, files.get(uri.path)).length;
        return { type: isFolder ? vscode.FileType.Directory : vscode.FileType.File, ctime: 0, mtime: 0, size };
    },
    readDirectory: (uri) => found(uri, folders.get(uri.path)),
    readFile: (uri) => new TextEncoder().encode(found(uri, files.get(uri.path))),
    writeFile: refuse,
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
};

export function activate({ subscriptions }: vscode.ExtensionContext): void {
    subscriptions.push(vscode.workspace.registerFileSystemProvider('vscode-vfs', fileSystem, { isCaseSensitive: true, isReadonly: true }));
}
