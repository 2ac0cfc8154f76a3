/** Which files make one topology: everything that imports reach from a file that nothing imports. */
import { UriUtils } from 'langium';
import { isImport } from './generated/ast.ts';
import type { StrataDocument } from './services.ts';

/** Files that belong together; `root` names the set. */
export interface TopologySet {
    readonly root: string;
    /** What is imported stands before what imports it, in the order of the imports. */
    readonly documents: readonly StrataDocument[];
}

/** URIs of the Strata files that a document imports, in the order of the text; they may not exist. Nothing else is ever read for an import. */
export function importedUris(document: StrataDocument): readonly string[] {
    return document.parseResult.value.items
        .filter(isImport)
        .flatMap((item) => (item.file === undefined || !isStrataFile(item.file) ? [] : [resolveImport(document, item.file)]));
}

/** Whether an import's text names a file of the language, by its ending. */
export function isStrataFile(file: string): boolean {
    return /[^/\\]\.strata$/i.test(file);
}

/** The URI that an import's text means, relative to its file. */
export function resolveImport(document: StrataDocument, file: string): string {
    const folder = UriUtils.dirname(document.uri);
    const path = file
        .replaceAll('\\', '/')
        .replace(loneSurrogate, '\ufffd')
        .replace(/^[A-Za-z]:\//, '/$&')
        .replace(/^\/+/, '/');
    return (path.startsWith('/') ? folder.with({ path }) : UriUtils.resolvePath(folder, path)).toString();
}

/** Half of a character, which no URI can hold. */
const loneSurrogate = /\p{Surrogate}/gu;

/**
 * Groups loaded documents by topology. A document that two others import is in both of their sets.
 * Of a cycle that nothing else imports, the file with the smallest URI is the root.
 */
export function groupTopologies(documents: readonly StrataDocument[]): readonly TopologySet[] {
    const byUri = new Map(documents.map((document) => [document.uri.toString(), document]));
    const imported = new Set(documents.flatMap((document) => importedUris(document).filter((uri) => uri !== document.uri.toString())));
    const reached = new Set<string>();
    const sets: TopologySet[] = [];
    const roots = documents.map((document) => document.uri.toString()).filter((uri) => !imported.has(uri));
    for (const root of [...roots, ...[...byUri.keys()].sort()]) {
        if (!reached.has(root)) {
            const set = reachable(root, byUri);
            for (const document of set) {
                reached.add(document.uri.toString());
            }
            sets.push({ root, documents: set });
        }
    }
    return sets;
}

/** Depth first, imports before importers, without recursion: chains of imports may be long. */
function reachable(root: string, byUri: ReadonlyMap<string, StrataDocument>): readonly StrataDocument[] {
    const order: StrataDocument[] = [];
    const seen = new Set([root]);
    const stack: { readonly document: StrataDocument; readonly imports: Iterator<string> }[] = [];
    const enter = (uri: string): void => {
        const document = byUri.get(uri);
        if (document !== undefined) {
            stack.push({ document, imports: importedUris(document)[Symbol.iterator]() });
        }
    };
    enter(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
        const next = top.imports.next();
        if (next.done === true) {
            order.push(top.document);
            stack.pop();
        } else if (!seen.has(next.value)) {
            seen.add(next.value);
            enter(next.value);
        }
    }
    return order;
}
