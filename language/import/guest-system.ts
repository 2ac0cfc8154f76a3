/** The operating system of an imported guest: the catalog's where the guest has room for it, else one without figures. */
import { type DraftDefinition, type DraftStatement, statement, text, word } from './draft.ts';
import type { ReportReason } from './import-log.ts';

/** Systems of the catalog, with what the catalog says they hold at least. Invariant: a test compares the figures with the catalog's. */
export const catalogSystems = {
    linux: { family: 'linux', memory: 30e6, disk: 9.5e6 },
    debian: { family: 'linux', memory: 111e6, disk: 1.1e9 },
    ubuntu: { family: 'linux', memory: 1e9, disk: 4e9 },
    alpine: { family: 'linux', memory: 50e6, disk: 130e6 },
    rhel: { family: 'linux', memory: 1.5 * 2 ** 30, disk: 10e9 },
    windows: { family: 'windows', memory: 4e9, disk: 64e9 },
    'windows-server': { family: 'windows', memory: 2e9, disk: 32e9 },
    macos: { family: 'macos', memory: 4e9, disk: 14e9 },
    freebsd: { family: 'freebsd', memory: 128e6, disk: 1.5e9 },
} as const;

export type CatalogSystem = keyof typeof catalogSystems;

export interface GuestRoom {
    readonly memory: number;
    /** Absent: not known. */
    readonly disk?: number;
}

export interface GuestSystem {
    readonly statements: readonly DraftStatement[];
    /** Where the catalog's takes more than the guest has. */
    readonly definitions: readonly DraftDefinition[];
    readonly notes: readonly { readonly why: ReportReason; readonly what: string; readonly remedy: string }[];
}

/** What the text says of a guest's system, `version` as the source calls it. */
export function guestSystem(name: CatalogSystem, version: string | undefined, room: GuestRoom): GuestSystem {
    const { family, memory, disk } = catalogSystems[name];
    const written = version === undefined ? [] : [text(version)];
    if (room.memory >= memory && (room.disk ?? disk) >= disk) {
        return { statements: [statement('os', word(name), ...written)], definitions: [], notes: [] };
    }
    const called = `small-${name}`;
    return {
        statements: [statement('os', word(called), ...written)],
        definitions: [
            {
                head: `os ${called}`,
                comments: [`As ${name}, for guests with less room than the catalog's figures ask for: what it takes itself is not known.`],
                statements: [statement('family', word(family))],
            },
        ],
        notes: [
            {
                why: 'chosen',
                what: `The guest has less room than the catalog's ${name} takes, so its system is written without figures`,
                remedy: `Say in \`os ${called}\` what it takes: its \`memory\`, \`disk\` and \`boot\`.`,
            },
        ],
    };
}
