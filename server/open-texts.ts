/** The texts that the editor has open, edit by edit. */
import type { DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { PositionEncoding } from './position-encoding.ts';
import type { Gate } from './request-guard.ts';
import { canonicalUri } from './sources.ts';
import type { Workspace } from './workspace.ts';

/** Keeps the sources equal to the editor's texts. The answer maps canonical URIs to how the editor spells them. */
export function followTexts(gate: Gate, workspace: Workspace): ReadonlyMap<string, string> {
    const spellings = new Map<string, string>();
    const texts = new Map<string, TextDocument>();
    const take = (uri: string, document: TextDocument): void => {
        workspace.sources.open(uri, document.version, document.getText());
        workspace.changed([uri]);
    };
    gate.guard.onNotification<DidOpenTextDocumentParams>('textDocument/didOpen', ({ textDocument }) => {
        const uri = canonicalUri(textDocument.uri);
        const document = TextDocument.create(textDocument.uri, textDocument.languageId, textDocument.version, textDocument.text);
        spellings.set(uri, textDocument.uri);
        texts.set(uri, document);
        take(uri, document);
    });
    gate.guard.onNotification<DidChangeTextDocumentParams>('textDocument/didChange', ({ textDocument, contentChanges }) => {
        const uri = canonicalUri(textDocument.uri);
        const document = texts.get(uri);
        if (document !== undefined) {
            for (const change of contentChanges) {
                const known = 'range' in change && change.range !== undefined ? { ...change, range: inUnits(change.range, document, gate.encoding) } : change;
                TextDocument.update(document, [known], textDocument.version);
            }
            take(uri, document);
        }
    });
    gate.guard.onNotification<DidCloseTextDocumentParams>('textDocument/didClose', ({ textDocument }) => {
        const uri = canonicalUri(textDocument.uri);
        if (texts.delete(uri)) {
            workspace.sources.close(uri);
            workspace.changed([uri]);
        }
    });
    return spellings;
}

/** Each edit counts in the text that the one before it left. */
function inUnits({ start, end }: Range, document: TextDocument, encoding: PositionEncoding): Range {
    const turn = ({ line, character }: Range['start']): Range['start'] => {
        const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }).replace(/[\r\n]+$/, '');
        return { line, character: encoding.characterIn(text, character) };
    };
    return { start: turn(start), end: turn(end) };
}
