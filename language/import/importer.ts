/** What an importer is: it reads the files of projects, and answers with elements to be written or with why it refuses. */
import type { Draft, DraftDefinition } from './draft.ts';
import type { ImportError, ReportEntry } from './import-log.ts';

export interface Importer {
    /** As on the command line. */
    readonly name: string;
    /** What a person calls the format. */
    readonly title: string;
    /** The files that make a project of a folder, of the names in it, in the order in which they are read; none where it is no such folder. */
    readonly filesOf: (names: readonly string[]) => readonly string[];
    /** Never throws, whatever the files hold. */
    readonly read: (input: ImportInput) => Imported;
}

export interface ImportInput {
    readonly projects: readonly ImportProject[];
    /** Environment variables, for formats that look into them. */
    readonly variables: ReadonlyMap<string, string>;
}

/** A folder, and the files of it that were named. */
export interface ImportProject {
    /** The folder's name: what the project is called where it does not say so itself. */
    readonly name: string;
    /** Paths from the folder, with forward slashes. */
    readonly files: readonly string[];
    /** A file of `files`, or any other within the folder: nothing outside is ever read. */
    readonly read: (path: string) => SourceText;
    /** A file as messages name it. */
    readonly nameOf: (path: string) => string;
}

export type SourceText = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unreadable'; readonly because: string };

export type Imported =
    | {
          readonly kind: 'imported';
          readonly elements: readonly Draft[];
          readonly definitions?: readonly DraftDefinition[];
          readonly report: readonly ReportEntry[];
      }
    | { readonly kind: 'refused'; readonly errors: readonly ImportError[] };
