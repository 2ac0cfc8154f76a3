/** What the parameters of each message must be: whatever else arrives is refused before a handler sees it. */
import { URI } from 'vscode-uri';
import {
    type BrokenLevel,
    brokenLevels,
    type ExportFormat,
    type PictureResource,
    type PictureShare,
    pictureShares,
    type Target,
    type ViewName,
    viewNames,
} from './protocol.ts';

type Test = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Test>>;

/** The first thing that is wrong with a message's parameters, in words for whoever writes the client. */
export function wrongParams(method: string, params: unknown): string | undefined {
    const shape = shapes[method] ?? families.find(({ prefix }) => method.startsWith(prefix))?.shape ?? {};
    const names = Object.entries(shape).flatMap(([name, test]) => (test(property(params, name)) ? [] : [name]));
    return names[0] === undefined ? undefined : `${method}: \`${names[0]}\` is missing or is not what it must be.`;
}

function property(value: unknown, name: string): unknown {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

const text: Test = (value) => typeof value === 'string';
/** LSP's `uinteger`. */
const count: Test = (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31;
const integer: Test = (value) => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2 ** 31;
const anObject: Test = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const has =
    (shape: Shape): Test =>
    (value) =>
        anObject(value) && Object.entries(shape).every(([name, test]) => test(property(value, name)));
const listOf =
    (test: Test): Test =>
    (value) =>
        Array.isArray(value) && value.every(test);
const maybe =
    (test: Test): Test =>
    (value) =>
        value === undefined || test(value);

/** The compiler asks for every word that the type has. */
function oneOf<Word extends string>(words: Readonly<Record<Word, true>>): Test {
    return (value) => typeof value === 'string' && Object.hasOwn(words, value);
}

function uri(value: unknown): boolean {
    try {
        return typeof value === 'string' && value !== '' && URI.parse(value).scheme !== '';
    } catch {
        return false;
    }
}

const position = has({ line: count, character: count });
const range = has({ start: position, end: position });
const document = { textDocument: has({ uri }) };
const place = { ...document, position };
const stretch = { ...document, range };
const options = has({ tabSize: count, insertSpaces: (value) => typeof value === 'boolean' });
const diagnostics = listOf(has({ range }));
const moves = { files: listOf(has({ oldUri: uri, newUri: uri })) };

const wordIn =
    (words: readonly string[]): Test =>
    (value) =>
        typeof value === 'string' && words.includes(value);
const shownView = {
    uri,
    view: wordIn(viewNames satisfies readonly ViewName[]),
    options: has({
        resource: oneOf<PictureResource>({ cpu: true, memory: true }),
        share: maybe(wordIn(pictureShares satisfies readonly PictureShare[])),
        width: Number.isFinite,
        selected: maybe(text),
        at: maybe(Number.isFinite),
        scenario: maybe(text),
        broken: maybe(wordIn(brokenLevels satisfies readonly BrokenLevel[])),
        vantage: maybe(text),
    }),
};

const targets: Readonly<Record<Target['kind'], Shape>> = {
    element: { element: text },
    definition: { element: text },
    check: { id: text },
    source: { id: text },
};

const shapes: Readonly<Record<string, Shape>> = {
    'textDocument/didOpen': { textDocument: has({ uri, version: integer, text }) },
    'textDocument/didChange': { textDocument: has({ uri, version: integer }), contentChanges: listOf(has({ text, range: maybe(range) })) },
    'textDocument/hover': place,
    'textDocument/completion': place,
    'textDocument/signatureHelp': place,
    'textDocument/definition': place,
    'textDocument/typeDefinition': place,
    'textDocument/declaration': place,
    'textDocument/implementation': place,
    'textDocument/references': { ...place, context: has({ includeDeclaration: (value) => typeof value === 'boolean' }) },
    'textDocument/documentHighlight': place,
    'textDocument/linkedEditingRange': place,
    'textDocument/prepareCallHierarchy': place,
    'textDocument/prepareTypeHierarchy': place,
    'textDocument/prepareRename': place,
    'textDocument/rename': { ...place, newName: text },
    'textDocument/inlayHint': stretch,
    'textDocument/semanticTokens/range': stretch,
    'textDocument/codeAction': { ...stretch, context: has({ diagnostics, only: maybe(listOf(text)) }) },
    'textDocument/selectionRange': { ...document, positions: listOf(position) },
    'textDocument/formatting': { ...document, options },
    'textDocument/rangeFormatting': { ...stretch, options },
    'textDocument/rangesFormatting': { ...document, ranges: listOf(range), options },
    'textDocument/onTypeFormatting': { ...place, ch: text, options },
    'completionItem/resolve': { label: text },
    'codeLens/resolve': { range },
    'inlayHint/resolve': { position },
    'codeAction/resolve': { title: text },
    'documentLink/resolve': { range },
    'workspace/symbol': { query: text },
    'workspace/diagnostic': { previousResultIds: listOf(has({ uri, value: text })) },
    'workspace/executeCommand': { command: text, arguments: maybe(listOf(() => true)) },
    'workspace/willRenameFiles': moves,
    'workspace/didRenameFiles': moves,
    'workspace/didChangeWatchedFiles': { changes: listOf(has({ uri, type: count })) },
    'strata/alive': {},
    'strata/view': { ...shownView, known: maybe(text) },
    'strata/export': { ...shownView, format: oneOf<ExportFormat>({ svg: true, html: true }) },
    'strata/locate': { uri, target: (value) => Object.entries(targets).some(([kind, shape]) => property(value, 'kind') === kind && has(shape)(value)) },
    'strata/limits': { uri, element: text },
    'strata/limitEdit': { uri, element: text, statement: text, value: Number.isFinite },
    'strata/elementAt': { uri, position },
    'strata/importFormats': {},
    'strata/import': { format: text, uris: listOf(uri) },
    'strata/tree': { uri, element: maybe(text) },
};

/** For what stands in no row of its own. */
const families: readonly { readonly prefix: string; readonly shape: Shape }[] = [
    { prefix: 'textDocument/', shape: document },
    { prefix: 'callHierarchy/', shape: { item: has({ uri, range, selectionRange: range }) } },
    { prefix: 'typeHierarchy/', shape: { item: has({ uri, range, selectionRange: range }) } },
    { prefix: 'strata/', shape: { uri } },
];
