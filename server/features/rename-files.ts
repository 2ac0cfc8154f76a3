/** Renaming files and folders: imports keep naming what they named. */
import { FileOperationPatternKind, type RenameFilesParams, type TextDocumentEdit, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { isImport } from '#language/generated/ast.ts';
import { rangeOfProperty } from '#language/syntax/ranges.ts';
import { resolveImport } from '#language/topology-sets.ts';
import { canonicalUri, isReadable, type Source } from '../sources.ts';
import type { Feature } from './feature.ts';

/** Files as such, and folders, which may hold some. */
const filters = [
    { scheme: 'file', pattern: { glob: '**/*.strata', matches: FileOperationPatternKind.file } },
    { scheme: 'file', pattern: { glob: '**', matches: FileOperationPatternKind.folder } },
];

export const renameFiles: Feature = {
    name: 'rename-files',
    capabilities: { workspace: { fileOperations: { willRename: { filters } } } },
    register: ({ onRequest, workspace, spelling }) => {
        onRequest('workspace/willRenameFiles', ({ files }: RenameFilesParams): WorkspaceEdit | null => {
            const moved = (uri: string): string => movedUri(uri, files);
            const documentChanges = workspace.allUris().flatMap((uri): readonly TextDocumentEdit[] => {
                const source = workspace.sources.get(uri);
                const edits = isReadable(source) ? importEdits(source, moved) : [];
                // Editors apply this before they move anything, so the file has its old name.
                return edits.length === 0 || !isReadable(source) ? [] : [{ textDocument: { uri: spelling(uri), version: source.version }, edits: [...edits] }];
            });
            return documentChanges.length === 0 ? null : { documentChanges };
        });
    },
};

/** Where a file will be: its own new name, or below the new name of its folder. */
function movedUri(uri: string, files: RenameFilesParams['files']): string {
    for (const { oldUri, newUri } of files) {
        const [from, to] = [canonicalUri(oldUri), canonicalUri(newUri)];
        if (uri === from || uri.startsWith(`${from}/`)) {
            return to + uri.slice(from.length);
        }
    }
    return uri;
}

/** Both ends of an import may move. An absolute path stays absolute. */
function importEdits({ document }: Source, moved: (uri: string) => string): readonly TextEdit[] {
    const own = document.uri.toString();
    return document.parseResult.value.items.filter(isImport).flatMap((item) => {
        const { file } = item;
        const target = file === undefined || file === '' ? undefined : resolveImport(document, file);
        if (file === undefined || target === undefined || (moved(target) === target && moved(own) === own)) {
            return [];
        }
        const isAbsolute = /^(?:[\\/]|[A-Za-z]:)/.test(file);
        const path = URI.parse(moved(target)).path;
        const written = isAbsolute ? path : relativePath(URI.parse(moved(own)).path, path);
        const { start, end } = rangeOfProperty(item, 'file');
        return written === file ? [] : [{ range: { start, end }, newText: JSON.stringify(written) }];
    });
}

/** With slashes on every platform, as imports are written. */
function relativePath(from: string, to: string): string {
    const [here, there] = [from.split('/').slice(0, -1), to.split('/')];
    let common = 0;
    while (common < here.length && common < there.length - 1 && here[common] === there[common]) {
        common += 1;
    }
    return [...here.slice(common).map(() => '..'), ...there.slice(common)].join('/');
}
