/** Answers what the preview page asks: pictures come from the language server, a line to show goes to the editor. */
import type * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
    type LocateAnswer,
    type LocateParams,
    locateRequest,
    type PageAnswer,
    type PageRequest,
    type SceneAnswer,
    type SceneParams,
    sceneRequest,
} from '#server/protocol.ts';
import { revealLocation } from './editor-reveal.ts';

export interface PageContext {
    readonly client: BaseLanguageClient;
    /** The document that the page shows at the moment of the request. */
    readonly uri: vscode.Uri;
    /** Where the page itself stands, so that the editor is not opened over it. */
    readonly column: vscode.ViewColumn | undefined;
}

/** Every request is answered, also when the server is gone: the page must never wait for ever. */
export async function answerPage(request: PageRequest, context: PageContext): Promise<PageAnswer> {
    try {
        switch (request.kind) {
            case 'scene':
                return { id: request.id, kind: 'scene', answer: await requestScene(request, context) };
            case 'reveal':
                return { id: request.id, kind: 'revealed', found: await reveal(request.element, context) };
            default:
                return { id: request satisfies never, kind: 'failed', message: 'Unknown request.' };
        }
    } catch (error) {
        return { id: request.id, kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
}

function requestScene(request: Extract<PageRequest, { kind: 'scene' }>, { client, uri }: PageContext): Promise<SceneAnswer> {
    const { view, options, known } = request;
    const params: SceneParams = { uri: uri.toString(), view, options, ...(known === undefined ? {} : { known }) };
    return client.sendRequest<SceneAnswer>(sceneRequest, params);
}

async function reveal(element: string, { client, uri, column }: PageContext): Promise<boolean> {
    const params: LocateParams = { uri: uri.toString(), element };
    const place = await client.sendRequest<LocateAnswer>(locateRequest, params);
    if (place === null) {
        return false;
    }
    await revealLocation(client.protocol2CodeConverter.asLocation(place), column);
    return true;
}
