/** The page in a webview of VS Code: messages to and from the extension. */
import type { PageAnswer, PageNotice } from '#server/protocol.ts';
import type { Host } from './host.ts';

/** What VS Code gives a webview; it may be asked for once. */
interface VsCodeApi {
    readonly postMessage: (message: unknown) => void;
    readonly getState: () => unknown;
    readonly setState: (state: unknown) => void;
}
declare const acquireVsCodeApi: (() => VsCodeApi) | undefined;

/** After this time an answer is taken as lost; a later one is ignored. */
const patienceMilliseconds = 60_000;

export function vscodeHost(): Host | undefined {
    if (typeof acquireVsCodeApi === 'undefined') {
        return undefined;
    }
    const api = acquireVsCodeApi();
    const waiting = new Map<number, (answer: PageAnswer) => void>();
    const listeners: ((notice: PageNotice) => void)[] = [];
    let last = 0;
    window.addEventListener('message', (event: MessageEvent<PageAnswer | PageNotice>) => {
        const message = event.data;
        if ('id' in message) {
            waiting.get(message.id)?.(message);
        } else {
            for (const listener of listeners) {
                listener(message);
            }
        }
    });
    return {
        ask: (question) => {
            last += 1;
            const id = last;
            return new Promise((resolve) => {
                const settle = (answer: PageAnswer): void => {
                    clearTimeout(timer);
                    waiting.delete(id);
                    resolve(answer);
                };
                const timer = setTimeout(() => settle({ id, kind: 'failed', message: 'The extension did not answer.' }), patienceMilliseconds);
                waiting.set(id, settle);
                api.postMessage({ id, ...question });
            });
        },
        onNotice: (listener) => {
            listeners.push(listener);
        },
        readState: () => api.getState(),
        writeState: (state) => api.setState(state),
    };
}
