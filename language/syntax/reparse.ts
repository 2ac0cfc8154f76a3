/** Parses a text that came of a parsed one by an edit: only the items of the file that the edit touches are read again. */
import { type AstNode, type CstNode, isCompositeCstNode, type LangiumCoreServices, type Mutable } from 'langium';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Document, Item } from '../generated/ast.ts';
import type { TextPosition } from '../origins.ts';
import type { StrataDocument } from '../services.ts';
import { moveTree } from './move-tree.ts';

/**
 * The document of `text`, made of the tree of `before`, which is used up: nothing may look at that document any more.
 * Undefined, and `before` as it was, where only the whole text can be parsed: where either text has an error.
 *
 * Invariant: the same tree as from parsing `text` whole. What is read again begins behind an item that ends in a brace, or with one that begins as before,
 * and ends in a brace; nothing takes in what stands beyond those. test/language/reparse.test.ts holds this over random edits.
 */
export function reparse(services: LangiumCoreServices, before: StrataDocument, text: string): StrataDocument | undefined {
    const root = before.parseResult.value;
    const old = root.$cstNode?.root.fullText;
    if (old === undefined || !isFlawless(before.parseResult)) {
        return undefined;
    }
    const edit = difference(old, text);
    const window = windowAround(root, edit, old.length);
    const end = window.end + edit.inserted - edit.removed;
    const parsed = services.parser.LangiumParser.parse<Document>(text.slice(window.start, end));
    if (!isFlawless(parsed) || !(endsWithText(window, old) || isClosedAt(parsed.value, end - window.start))) {
        return undefined;
    }
    splice(root, parsed.value, window, { text, end });
    const document = { ...before, textDocument: TextDocument.create(before.uri.toString(), 'strata', 0, text) };
    (root as Mutable<AstNode>).$document = document;
    return document;
}

interface Edit {
    readonly start: number;
    readonly removed: number;
    readonly inserted: number;
}

/** Items `first` to `last` of the file, and the text from behind the item before them to the end of the last. */
interface Window {
    readonly first: number;
    readonly last: number;
    readonly start: number;
    readonly end: number;
}

type Parsed = Pick<StrataDocument['parseResult'], 'lexerErrors' | 'parserErrors'>;
const isFlawless = ({ lexerErrors, parserErrors }: Parsed): boolean => lexerErrors.length === 0 && parserErrors.length === 0;

/** What stands between the common beginning and the common end. */
function difference(old: string, text: string): Edit {
    const shorter = Math.min(old.length, text.length);
    let start = 0;
    while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) {
        start++;
    }
    let same = 0;
    while (same < shorter - start && old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same)) {
        same++;
    }
    return { start, removed: old.length - same - start, inserted: text.length - same - start };
}

function windowAround({ items, $cstNode }: Document, { start, removed }: Edit, length: number): Window {
    const text = $cstNode?.root.fullText ?? '';
    const isClosed = (item: Item | undefined): boolean => item?.$cstNode !== undefined && text.charAt(item.$cstNode.end - 1) === '}';
    // Items that end before the edit, as far as the last of them that is closed.
    let first = items.findIndex((item) => (item.$cstNode?.end ?? 0) > start);
    first = first < 0 ? items.length : first;
    while (first > 0 && !isClosed(items[first - 1]) && !isBehindBrace(items[first], start)) {
        first--;
    }
    const last = items.findIndex((item, index) => index >= first && isClosed(item) && (item.$cstNode?.end ?? 0) > start + removed);
    return {
        first,
        last: last < 0 ? items.length - 1 : last,
        start: first === 0 ? 0 : (items[first - 1]?.$cstNode?.end ?? 0),
        end: last < 0 ? length : (items[last]?.$cstNode?.end ?? length),
    };
}

/** Whether an item begins as it did, up to the brace of its body: then what stands before it ends where it did. */
function isBehindBrace(item: Item | undefined, offset: number): boolean {
    const body = item !== undefined && 'body' in item ? item.body?.$cstNode : undefined;
    return body !== undefined && offset > body.offset;
}

const endsWithText = ({ end }: Window, old: string): boolean => end === old.length;

/** Whether the last item ends in the brace at the end of the text, and not in a comment or a text that takes that brace in. */
function isClosedAt({ items }: Document, end: number): boolean {
    return items.at(-1)?.$cstNode?.end === end;
}

/** Puts what was read again in the place of what was there, and moves what stands behind it. */
function splice(root: Document, part: Document, window: Window, { text, end }: { readonly text: string; readonly end: number }): void {
    const concrete = root.$cstNode;
    const fresh = part.$cstNode;
    if (!isCompositeCstNode(concrete) || !isCompositeCstNode(fresh)) {
        throw new Error('A file has a concrete syntax tree.');
    }
    const start = endOf(root.items[window.first - 1]);
    const oldEnd = endOf(root.items[window.last]);
    const before = concrete.content.filter((node) => node.end <= window.start);
    const behind = concrete.content.slice(before.length).filter((node) => node.offset >= window.end);
    moveTree(fresh.content, { offset: window.start, lines: start.line, line: 0, columns: start.character });
    // Something stands behind only where the last item was read again up to the brace that it ended in before.
    const newEnd = endOf(part.items.at(-1));
    moveTree(behind, { offset: end - window.end, lines: newEnd.line - oldEnd.line, line: oldEnd.line, columns: newEnd.character - oldEnd.character });
    for (const node of fresh.content) {
        (node as Owned).container = concrete;
    }
    Object.assign(concrete, { content: [...before, ...fresh.content, ...behind], _text: text, _rangeCache: undefined });
    const items = [...root.items.slice(0, window.first), ...part.items, ...root.items.slice(window.last + 1)];
    for (const [index, item] of items.entries()) {
        Object.assign(item, { $container: root, $containerIndex: index });
    }
    Object.assign(root, { items });
}

type Owned = { -readonly [Key in keyof CstNode]: CstNode[Key] };

/** Where an item ends; without one, the start of the text. */
function endOf(item: Item | undefined): TextPosition {
    return item?.$cstNode?.range.end ?? { line: 0, character: 0 };
}
