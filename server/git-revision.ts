/** The texts of files as a git repository has them at a revision. Nothing is checked out, no shell is asked, and nothing is fetched. */
import { spawnSync } from 'node:child_process';
import { join, relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { decodeText, type FileText, noSuchFile, unreadable } from './file-text.ts';
import type { ReadText } from './sources.ts';

export interface GitRevision {
    readonly kind: 'revision';
    /** Of the commit, whole. */
    readonly commit: string;
    /** What lies outside of the repository is not there. */
    readonly readText: ReadText;
    /** Strata files at or below the directory, at the revision and in the working tree, named from the directory. */
    readonly strataFiles: () => readonly string[];
}

export type OpenedRevision = GitRevision | { readonly kind: 'unusable'; readonly because: string };

/** In bytes, as of a file on the disk; and of a list of names. */
const largestOutput = 64 * 2 ** 20;
/** Milliseconds until git is given up, as where its disk is not there any more. */
const patience = 30_000;

export function openRevision(directory: string, revision: string): OpenedRevision {
    const top = git(directory, ['rev-parse', '--show-cdup']);
    if (top.kind === 'failed') {
        return { kind: 'unusable', because: top.because };
    }
    // A name that begins with a hyphen would be an option, and none does.
    const found = revision.startsWith('-') ? undefined : git(directory, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
    const commit = found?.kind === 'done' ? lineOf(found.output) : '';
    if (!/^[0-9a-f]{40,64}$/.test(commit)) {
        return { kind: 'unusable', because: `git knows no commit ${revision}; where it is a shallow clone, fetch the commit first` };
    }
    const root = resolve(directory, lineOf(top.output));
    return { kind: 'revision', commit, readText: (uri) => readBlob(root, commit, uri), strataFiles: () => listFiles(directory, commit) };
}

/**
 * Files of which git writes one whenever HEAD comes to mean another commit: HEAD itself, its log, and the branch. They need not be there; of a folder in
 * no repository, those that it would have if it became one.
 */
export function headFiles(directory: string): readonly string[] {
    const branch = git(directory, ['symbolic-ref', '--quiet', 'HEAD']);
    const names = ['HEAD', 'logs/HEAD', ...(branch.kind === 'done' ? [lineOf(branch.output)] : [])];
    // In a linked work tree some of them lie in its own folder, and the branch in that of the repository.
    const found = git(directory, ['rev-parse', ...names.flatMap((name) => ['--git-path', name])]);
    const paths = found.kind === 'done' ? found.output.toString().trimEnd().split('\n') : names.map((name) => join('.git', name));
    return paths.map((path) => resolve(directory, path));
}

function readBlob(root: string, commit: string, uri: string): FileText {
    const { scheme, fsPath } = URI.parse(uri);
    const path = relative(root, fsPath).split(sep).join('/');
    if (scheme !== 'file' || path === '' || path.startsWith('../') || path.includes(':/')) {
        return unreadable('it lies outside of the git repository');
    }
    if (path.includes('\n')) {
        // A list of names has one a line, so this one is asked for by itself.
        const alone = git(root, ['cat-file', 'blob', `${commit}:${path}`]);
        return alone.kind === 'done' ? decodeText(alone.output) : unreadable(noSuchFile);
    }
    const answer = git(root, ['cat-file', '--batch', '--follow-symlinks'], `${commit}:${path}\n`);
    if (answer.kind === 'failed') {
        return unreadable(answer.because);
    }
    const end = answer.output.indexOf(0x0a);
    const [, type, size] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(answer.output.subarray(0, end).toString()) ?? [];
    if (type === undefined || size === undefined) {
        return unreadable(noSuchFile);
    }
    return type === 'blob' ? decodeText(answer.output.subarray(end + 1, end + 1 + Number(size))) : unreadable('it is a directory');
}

function listFiles(directory: string, commit: string): readonly string[] {
    const pattern = ['--', '*.strata'];
    const now = git(directory, ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ...pattern]);
    const then = git(directory, ['ls-tree', '-r', '-z', '--name-only', commit]);
    const names = [now, then].flatMap((listed) => (listed.kind === 'done' ? listed.output.toString().split('\0') : []));
    return [...new Set(names)].filter((name) => name.endsWith('.strata')).sort();
}

type Answer = { readonly kind: 'done'; readonly output: Buffer } | { readonly kind: 'failed'; readonly because: string };

function git(directory: string, given: readonly string[], input = ''): Answer {
    const { error, status, stdout, stderr } = spawnSync('git', ['--no-pager', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', ...given], {
        cwd: directory,
        input,
        maxBuffer: largestOutput,
        timeout: patience,
        windowsHide: true,
        env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
    });
    if (error !== undefined) {
        return { kind: 'failed', because: reasonOf(error) };
    }
    return status === 0 ? { kind: 'done', output: stdout } : { kind: 'failed', because: `git says: ${lineOf(stderr)}` };
}

function reasonOf(error: NodeJS.ErrnoException): string {
    switch (error.code) {
        case 'ENOENT':
            return 'there is no git here: it is not installed, or not on the PATH, or the folder is gone';
        case 'ENOBUFS':
            return 'it is larger than 64 MiB';
        case 'ETIMEDOUT':
            return `git did not answer within ${patience / 1000} s`;
        default:
            return error.message;
    }
}

function lineOf(output: Uint8Array): string {
    return Buffer.from(output).toString().split('\n', 1)[0] ?? '';
}
