/** One gate for every message: what makes no sense is refused, what a handler throws is logged once and answered with an error, and the server lives on. */
import { CancellationToken, type Connection, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { errorText } from './error-text.ts';
import { type PositionEncoding, utf16 } from './position-encoding.ts';
import { wrongParams } from './request-params.ts';

export interface RequestGuard {
    readonly onRequest: <Params, Answer>(method: string, handle: (params: Params, token: CancellationToken) => Answer | Promise<Answer>) => void;
    readonly onNotification: <Params>(method: string, handle: (params: Params) => void | Promise<void>) => void;
    /** Tells the editor; that it could not be told is only logged. */
    readonly notify: (method: string, params: unknown) => void;
    /** For work that nobody asked for and nobody waits for. */
    readonly report: (what: string, error: unknown) => void;
}

/** Before `initialize` and after `shutdown` an editor may ask for nothing. */
export type Phase = 'awaited' | 'open' | 'shut';

export interface Gate {
    readonly guard: RequestGuard;
    phase: Phase;
    encoding: PositionEncoding;
}

export function createGate(connection: Connection): Gate {
    const report = (what: string, error: unknown): void => {
        connection.console.error(`${what} failed: ${errorText(error)}`);
    };
    const guard: RequestGuard = {
        report,
        onRequest: <Params, Answer>(method: string, handle: (params: Params, token: CancellationToken) => Answer | Promise<Answer>): void => {
            connection.onRequest(method, async (...given: readonly unknown[]): Promise<unknown> => {
                const { params, token } = split(given);
                const refused = refusal(method, params, gate.phase);
                if (refused !== undefined) {
                    return refused;
                }
                try {
                    const answer = await handle(gate.encoding.fromEditor(params as Params), token);
                    return token.isCancellationRequested ? cancelled(method) : gate.encoding.toEditor(method, answer, params);
                } catch (error) {
                    if (error instanceof ResponseError) {
                        return error;
                    }
                    report(method, error);
                    return new ResponseError(ErrorCodes.InternalError, `${method} failed: ${error instanceof Error ? error.message : String(error)}`);
                }
            });
        },
        onNotification: <Params>(method: string, handle: (params: Params) => void | Promise<void>): void => {
            connection.onNotification(method, async (params: unknown) => {
                const refused = refusal(method, params, gate.phase);
                try {
                    if (refused === undefined) {
                        await handle(params as Params);
                    } else if (gate.phase === 'open') {
                        connection.console.warn(refused.message);
                    }
                } catch (error) {
                    report(method, error);
                }
            });
        },
        notify: (method, params) => {
            connection.sendNotification(method, gate.encoding.toEditor(method, params, params)).catch((error: unknown) => report(method, error));
        },
    };
    const gate: Gate = { guard, phase: 'awaited', encoding: utf16 };
    return gate;
}

/** A message without parameters comes as its token alone, one with a list of them as that list. */
function split(given: readonly unknown[]): { readonly params: unknown; readonly token: CancellationToken } {
    const token = given.find((each) => CancellationToken.is(each)) ?? CancellationToken.None;
    return { params: CancellationToken.is(given[0]) ? undefined : given[0], token };
}

function refusal(method: string, params: unknown, phase: Phase): ResponseError<void> | undefined {
    if (phase === 'awaited') {
        return new ResponseError(ErrorCodes.ServerNotInitialized, `${method} before \`initialize\`.`);
    }
    if (phase === 'shut') {
        return new ResponseError(ErrorCodes.InvalidRequest, `${method} after \`shutdown\`.`);
    }
    const wrong = wrongParams(method, params);
    return wrong === undefined ? undefined : new ResponseError(ErrorCodes.InvalidParams, wrong);
}

function cancelled(method: string): ResponseError<void> {
    return new ResponseError(LSPErrorCodes.RequestCancelled, `${method} was cancelled.`);
}
