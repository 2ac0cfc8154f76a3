/** The user's settings as the editor holds them: read when the server starts and after each change, never a reason for a restart. */
import { type ClientCapabilities, type Connection, DidChangeConfigurationNotification, type DidChangeConfigurationParams } from 'vscode-languageserver';
import type { Severity } from '#simulation/model/finding.ts';
import type { RequestGuard } from './request-guard.ts';

export interface SettingValues {
    readonly inlayHints: boolean;
    readonly codeLens: boolean;
    /** By code; a code that is not there has the severity of its check. */
    readonly severity: ReadonlyMap<string, SeverityChoice>;
}
export type SeverityChoice = Severity | 'off';

export interface Settings {
    /** Waits for a reading that is under way. */
    readonly read: () => Promise<SettingValues>;
    /** What was read last. */
    readonly now: () => SettingValues;
    readonly onChanged: (listener: () => void) => void;
    /** To be called once the editor takes requests. */
    readonly begin: (client: ClientCapabilities) => void;
}

const section = 'strata';
const severityChoices: ReadonlySet<unknown> = new Set<SeverityChoice>(['off', 'hint', 'information', 'warning', 'error']);

export function createSettings(connection: Connection, guard: RequestGuard): Settings {
    const listeners: (() => void)[] = [];
    let values = readValues(undefined);
    let reading: Promise<unknown> = Promise.resolve();
    let asksEditor = false;

    const take = (given: unknown): void => {
        values = readValues(given);
        for (const listener of listeners) {
            listener();
        }
    };
    const ask = async (): Promise<void> => {
        try {
            take(await connection.workspace.getConfiguration(section));
        } catch (error) {
            guard.report('Reading the settings', error);
        }
    };
    guard.onNotification<DidChangeConfigurationParams>('workspace/didChangeConfiguration', ({ settings }) => {
        if (asksEditor) {
            reading = ask();
        } else {
            // An editor that can not be asked sends what it has.
            take(property(settings, section));
        }
    });
    return {
        read: async () => {
            await reading;
            return values;
        },
        now: () => values,
        onChanged: (listener) => void listeners.push(listener),
        begin: ({ workspace }) => {
            asksEditor = workspace?.configuration === true;
            if (asksEditor) {
                reading = ask();
            }
            if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
                connection.client
                    .register(DidChangeConfigurationNotification.type, { section })
                    .catch((error: unknown) => guard.report('Following the settings', error));
            }
        },
    };
}

/** Anything may stand in a settings file; what is not understood is left at its default. */
function readValues(given: unknown): SettingValues {
    const severity = Object.entries(record(property(property(given, 'diagnostics'), 'severity')));
    return {
        inlayHints: property(property(given, 'inlayHints'), 'enabled') !== false,
        codeLens: property(property(given, 'codeLens'), 'enabled') !== false,
        severity: new Map(severity.filter((entry): entry is [string, SeverityChoice] => severityChoices.has(entry[1]))),
    };
}

function property(value: unknown, name: string): unknown {
    return record(value)[name];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
    return typeof value === 'object' && value !== null ? { ...value } : {};
}
