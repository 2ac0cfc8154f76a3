/** The page in a plain browser: `strata preview` answers requests and sends notices as events. */
import type { PageAnswer, PageNotice } from '#server/protocol.ts';
import type { Host } from './host.ts';

/** After this time an answer is taken as lost. */
const patienceMilliseconds = 60_000;
const stateKey = 'strata-preview';

export function browserHost(): Host {
    let last = 0;
    return {
        ask: async (question) => {
            last += 1;
            const id = last;
            try {
                const response = await fetch('request', {
                    method: 'POST',
                    headers: { 'content-type': 'application/json' },
                    body: JSON.stringify({ id, ...question }),
                    signal: AbortSignal.timeout(patienceMilliseconds),
                });
                return response.ok
                    ? ((await response.json()) as PageAnswer)
                    : { id, kind: 'failed', message: `The preview's server refused: ${response.status} ${response.statusText}` };
            } catch {
                return { id, kind: 'failed', message: "The preview's server does not answer. Is `strata preview` still running?" };
            }
        },
        onNotice: (listener) => {
            const events = new EventSource('events');
            events.addEventListener('message', (event: MessageEvent<string>) => listener(JSON.parse(event.data) as PageNotice));
            // The first connection says nothing new; a later one follows a server that was gone.
            let opened = false;
            events.addEventListener('open', () => {
                if (opened) {
                    listener({ kind: 'changed' });
                }
                opened = true;
            });
            events.addEventListener('error', () => listener({ kind: 'changed' }));
        },
        readState: () => {
            try {
                return JSON.parse(sessionStorage.getItem(stateKey) ?? 'null') as unknown;
            } catch {
                return undefined;
            }
        },
        writeState: (state) => {
            try {
                sessionStorage.setItem(stateKey, JSON.stringify(state));
            } catch {
                // Storage may be full or forbidden; then the state does not survive a reload, and nothing else is lost.
            }
        },
    };
}
