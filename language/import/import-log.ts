/** What an import has to say: what keeps it from importing, and what the text does not carry over as it was. */

/** Lines and columns from 1. */
export interface ImportPlace {
    readonly file: string;
    readonly line: number;
    readonly column: number;
}

/** Why the files are refused. */
export interface ImportError extends ImportPlace {
    readonly code: string;
    /** Where in the data it stands, as `services.web.ports`; empty for the file as a whole. */
    readonly path: string;
    readonly reason: string;
    readonly remedy: string;
}

/** `not-carried-over`: nothing in the text says it. `approximated`: the text says something close. `chosen`: the text says what the source left open. */
export type ReportReason = 'not-carried-over' | 'approximated' | 'chosen';

/** A place where the text and its source say different things. */
export interface ReportEntry extends ImportPlace {
    readonly path: string;
    readonly what: string;
    readonly why: ReportReason;
    readonly remedy: string;
}

/** Something at a place of the source. */
export interface Located {
    readonly at: ImportPlace;
    readonly path: string;
}

/** The remedy where there is nothing to remedy. */
export const makesNoDifference = 'Nothing to do: no figure and no wall of the model depends on it.';

/** More is no help to anyone. */
const mostRefusals = 100;
const mostEntries = 10_000;

export class ImportLog {
    private readonly refusals: ImportError[] = [];
    private readonly notes: ReportEntry[] = [];
    private readonly said = new Set<string>();
    private firstLeftOut: ImportPlace | undefined;

    readonly refuse = ({ at, path }: Located, code: string, reason: string, remedy: string): void => {
        if (!this.isFull && this.isNew([at, path, code, reason])) {
            this.refusals.push({ code, ...at, path, reason, remedy });
        }
    };

    readonly note = ({ at, path }: Located, why: ReportReason, what: string, remedy: string): void => {
        if (this.notes.length >= mostEntries) {
            this.firstLeftOut ??= at;
        } else if (this.isNew([at, path, why, what])) {
            this.notes.push({ ...at, path, what, why, remedy });
        }
    };

    /** Nothing more will be refused in words. */
    get isFull(): boolean {
        return this.refusals.length >= mostRefusals;
    }

    /** One place read twice, as by two services that extend a third, is spoken of once. */
    private isNew(said: unknown): boolean {
        const key = JSON.stringify(said);
        return !this.said.has(key) && this.said.add(key).size > 0;
    }

    get errors(): readonly ImportError[] {
        return inOrder(this.refusals);
    }

    /** The last entry says so where there is more than is listed. */
    get report(): readonly ReportEntry[] {
        return [...inOrder(this.notes), ...(this.firstLeftOut === undefined ? [] : [{ ...this.firstLeftOut, ...andMore }])];
    }
}

const andMore = {
    path: '',
    what: `From here on there is more that this report does not list: it has ${mostEntries.toLocaleString('en')} entries at most.`,
    why: 'not-carried-over',
    remedy: 'Import the file in parts: each part has a report of its own.',
} as const satisfies Partial<ReportEntry>;

/** File by file in the order of their first entry, each by place. */
function inOrder<Entry extends ImportPlace>(entries: readonly Entry[]): readonly Entry[] {
    const files = [...new Set(entries.map(({ file }) => file))];
    const rank = new Map(files.map((file, index) => [file, index]));
    return entries.toSorted((a, b) => (rank.get(a.file) ?? 0) - (rank.get(b.file) ?? 0) || a.line - b.line || a.column - b.column);
}
