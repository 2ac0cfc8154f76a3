/** The language server as the extension sees it: a client to talk to, and a way to end what does not listen any more. */
import type { BaseLanguageClient } from 'vscode-languageclient';

export interface LanguageServer {
    readonly client: BaseLanguageClient;
    /** Ends the process or the worker at once, whatever it is doing. */
    readonly kill: () => void;
}

/** The texts stay in the editor: the new server is given them as they are now. */
export async function restartServer({ client, kill }: LanguageServer): Promise<void> {
    try {
        await client.stop();
    } catch {
        // It did not answer in time, or was not running.
        kill();
    }
    await client.start();
}
