/** What a feature of the language server is: it says what it can do and answers the requests for it. */
import type { ClientCapabilities, Connection, ServerCapabilities } from 'vscode-languageserver';
import type { RequestGuard } from '../request-guard.ts';
import type { Settings } from '../settings.ts';
import type { Workspace } from '../workspace.ts';

export interface Feature {
    readonly name: string;
    readonly capabilities?: ServerCapabilities;
    readonly register: (context: FeatureContext) => void;
}

export interface FeatureContext extends RequestGuard {
    readonly connection: Connection;
    readonly workspace: Workspace;
    /** The URI as the editor spells it, which may differ from the canonical one in what is percent-encoded. */
    readonly spelling: (uri: string) => string;
    readonly settings: Settings;
    /** What the editor can do; nothing before it has said so. */
    readonly client: () => ClientCapabilities;
}
