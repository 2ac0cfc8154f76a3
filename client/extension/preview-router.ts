/** Answers what the preview page asks: pictures come from the language server, a line to show goes to the editor. */
import type * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
    type LimitsAnswer,
    type LimitsParams,
    type LocateAnswer,
    type LocateParams,
    limitsRequest,
    locateRequest,
    type PageAnswer,
    type PageRequest,
    type Target,
    type ViewAnswer,
    type ViewParams,
    viewRequest,
} from '#server/protocol.ts';
import { revealLocation } from './editor-reveal.ts';
import { editLimit } from './limit-edit.ts';
import { exportView } from './view-export.ts';

export interface PageContext {
    readonly client: BaseLanguageClient;
    /** The document that the page shows at the moment of the request. */
    readonly uri: vscode.Uri;
    /** Where the page itself stands, so that the editor is not opened over it. */
    readonly column: vscode.ViewColumn | undefined;
}

/** What the panel itself does not answer. Every request is answered, also when the server is gone: the page must never wait for ever. */
export async function answerPage(request: Exclude<PageRequest, { kind: 'lock' }>, context: PageContext): Promise<PageAnswer> {
    try {
        switch (request.kind) {
            case 'view':
                return { id: request.id, kind: 'view', answer: await requestView(request, context) };
            case 'limits':
                return { id: request.id, kind: 'limits', limits: await requestLimits(request.element, context) };
            case 'edit':
                return await editLimit(request, context.client, context.uri);
            case 'export':
                return await exportView(request, context.client, context.uri);
            case 'reveal':
                return { id: request.id, kind: 'revealed', found: await reveal(request.target, context) };
            default:
                return { id: request satisfies never, kind: 'failed', message: 'Unknown request.' };
        }
    } catch (error) {
        return { id: request.id, kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
}

function requestView(request: Extract<PageRequest, { kind: 'view' }>, { client, uri }: PageContext): Promise<ViewAnswer> {
    const { view, options, known, first } = request;
    const params: ViewParams = { uri: uri.toString(), view, options, ...(known === undefined ? {} : { known }), ...(first === undefined ? {} : { first }) };
    return client.sendRequest<ViewAnswer>(viewRequest, params);
}

function requestLimits(element: string, { client, uri }: PageContext): Promise<LimitsAnswer> {
    const params: LimitsParams = { uri: uri.toString(), element };
    return client.sendRequest<LimitsAnswer>(limitsRequest, params);
}

async function reveal(target: Target, { client, uri, column }: PageContext): Promise<boolean> {
    const params: LocateParams = { uri: uri.toString(), target };
    const place = await client.sendRequest<LocateAnswer>(locateRequest, params);
    if (place === null) {
        return false;
    }
    await revealLocation(client.protocol2CodeConverter.asLocation(place), column);
    return true;
}
