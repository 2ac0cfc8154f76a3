/** One catch for every handler: what it throws is logged once and answered with an error, and the server lives on. */
import { type CancellationToken, type Connection, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { errorText } from './error-text.ts';

export interface RequestGuard {
    readonly onRequest: <Params, Answer>(method: string, handle: (params: Params, token: CancellationToken) => Answer | Promise<Answer>) => void;
    readonly onNotification: <Params>(method: string, handle: (params: Params) => void | Promise<void>) => void;
    /** For work that nobody asked for and nobody waits for. */
    readonly report: (what: string, error: unknown) => void;
}

export function createRequestGuard(connection: Connection): RequestGuard {
    const report = (what: string, error: unknown): void => {
        connection.console.error(`${what} failed: ${errorText(error)}`);
    };
    return {
        report,
        onRequest: <Params, Answer>(method: string, handle: (params: Params, token: CancellationToken) => Answer | Promise<Answer>): void => {
            connection.onRequest(method, async (params: Params, token: CancellationToken): Promise<unknown> => {
                try {
                    const answer = await handle(params, token);
                    return token.isCancellationRequested ? cancelled(method) : answer;
                } catch (error) {
                    if (error instanceof ResponseError) {
                        return error;
                    }
                    report(method, error);
                    return new ResponseError(ErrorCodes.InternalError, `${method} failed: ${error instanceof Error ? error.message : String(error)}`);
                }
            });
        },
        onNotification: (method, handle) => {
            connection.onNotification(method, async (params) => {
                try {
                    await handle(params);
                } catch (error) {
                    report(method, error);
                }
            });
        },
    };
}

function cancelled(method: string): ResponseError<void> {
    return new ResponseError(LSPErrorCodes.RequestCancelled, `${method} was cancelled.`);
}
