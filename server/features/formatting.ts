/** Formatting of a text, of a range, and of what a `}` or a line break ends. */

import {
    type DocumentFormattingParams,
    type DocumentOnTypeFormattingParams,
    type DocumentRangeFormattingParams,
    type FormattingOptions,
    LSPErrorCodes,
    ResponseError,
    type TextDocumentIdentifier,
    type TextEdit,
} from 'vscode-languageserver';
import { type Formatted, formatDocument, formatRange, formatTyped } from '#language/formatter/format.ts';
import type { FormatOptions } from '#language/formatter/format-options.ts';
import type { StrataDocument } from '#language/services.ts';
import { canonicalUri, isReadable } from '../sources.ts';
import type { Workspace } from '../workspace.ts';
import type { Feature } from './feature.ts';

export const formatting: Feature = {
    name: 'formatting',
    capabilities: {
        documentFormattingProvider: true,
        documentRangeFormattingProvider: true,
        documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] },
    },
    register: ({ onRequest, workspace }) => {
        const { services } = workspace;
        onRequest('textDocument/formatting', ({ textDocument, options }: DocumentFormattingParams) =>
            edit(workspace, textDocument, (document) => formatDocument(services, document, readOptions(options))),
        );
        onRequest('textDocument/rangeFormatting', ({ textDocument, range, options }: DocumentRangeFormattingParams) =>
            edit(workspace, textDocument, (document) => {
                const span = { start: document.textDocument.offsetAt(range.start), end: document.textDocument.offsetAt(range.end) };
                return formatRange(services, document, span, readOptions(options));
            }),
        );
        onRequest('textDocument/onTypeFormatting', ({ textDocument, position, ch, options }: DocumentOnTypeFormattingParams) =>
            edit(workspace, textDocument, (document) => formatTyped(services, document, ch, document.textDocument.offsetAt(position), readOptions(options))),
        );
    },
};

/** Whatever an editor sends, a tab is at least one column wide. */
function readOptions({ tabSize, insertSpaces }: FormattingOptions): FormatOptions {
    return { tabSize: Math.min(16, Math.max(1, Math.floor(tabSize) || 2)), insertSpaces };
}

function edit(workspace: Workspace, { uri }: TextDocumentIdentifier, format: (document: StrataDocument) => Formatted): readonly TextEdit[] {
    const source = workspace.sources.get(canonicalUri(uri));
    if (!isReadable(source)) {
        return [];
    }
    const { document } = source;
    const formatted = format(document);
    if (formatted.kind === 'refused') {
        throw new ResponseError(LSPErrorCodes.RequestFailed, formatted.because);
    }
    return formatted.edits.map(({ start, end, text }) => ({
        range: { start: document.textDocument.positionAt(start), end: document.textDocument.positionAt(end) },
        newText: text,
    }));
}
