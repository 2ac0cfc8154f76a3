/** Restarts a language server that has stopped answering: one that dies is noticed by the client itself, one that hangs is not. */
import * as vscode from 'vscode';
import { State } from 'vscode-languageclient';
import { aliveRequest } from '#server/protocol.ts';
import { type LanguageServer, restartServer } from './language-server.ts';

const intervalMilliseconds = 5_000;
/** Counted in looks, not by the clock, so that a computer that slept does not count as a server that hangs. */
const patienceLooks = 4;

export function watchServer(server: LanguageServer): vscode.Disposable {
    let unanswered = 0;
    let isAsking = false;

    const ask = async (): Promise<void> => {
        isAsking = true;
        try {
            await server.client.sendRequest(aliveRequest);
        } catch {
            // A refusal is an answer too, and of a server that died the client hears by itself.
        }
        isAsking = false;
        unanswered = 0;
    };
    const look = async (): Promise<void> => {
        if (server.client.state !== State.Running) {
            unanswered = 0;
            return;
        }
        if (!isAsking) {
            void ask();
            return;
        }
        unanswered += 1;
        if (unanswered === patienceLooks) {
            server.client.warn('The language server has not answered for a while and is restarted.', undefined, false);
            isAsking = false;
            await restartServer(server);
        }
    };
    const timer = setInterval(
        () => void look().catch((error: unknown) => server.client.error('The language server could not be restarted', error)),
        intervalMilliseconds,
    );
    return new vscode.Disposable(() => clearInterval(timer));
}
