/** A service while it is read: its values with their places, and what the parts of its description have to say. */
import type { DraftStatement } from '../draft.ts';
import type { ImportLog, Located, ReportReason } from '../import-log.ts';
import { entryOf, isUnknown, textOf, valueAt, type YamlMap, type YamlNode } from '../yaml/yaml-node.ts';
import { isNumber, readBytes, readFlag } from './compose-values.ts';

/** One aspect of a service: which keys it reads, and which statements come of them. */
export interface ServicePart {
    /** The others' keys are told as not carried over. */
    readonly keys: readonly string[];
    readonly write: (service: Service) => readonly DraftStatement[];
}

/** The services of a project, and what a file means by a path. */
export interface ServiceProject {
    readonly log: ImportLog;
    readonly directoryOf: (file: string) => string;
    /** A named volume as the engine knows it. */
    readonly volumeOf: (name: string) => string;
    /** The key of the draft of a service; undefined where there is no such service. */
    readonly keyOf: (service: string) => string | undefined;
    readonly profiles: ReadonlySet<string>;
}

export class Service {
    readonly name: string;
    readonly node: YamlMap;
    readonly project: ServiceProject;

    constructor(name: string, node: YamlMap, project: ServiceProject) {
        this.name = name;
        this.node = node;
        this.project = project;
    }

    /** The value at a path of keys; undefined where it is not there, empty, or unknown. */
    value(...keys: readonly string[]): YamlNode | undefined {
        return keys.reduce<YamlNode | undefined>(valueAt, this.node);
    }

    text(...keys: readonly string[]): string | undefined {
        const value = textOf(this.value(...keys));
        return value === '' ? undefined : value;
    }

    number(...keys: readonly string[]): number | undefined {
        const value = this.text(...keys);
        return value === undefined || !isNumber(value) ? undefined : Number(value);
    }

    bytes(...keys: readonly string[]): number | undefined {
        const value = this.text(...keys);
        return value === undefined ? undefined : readBytes(value);
    }

    isOn(...keys: readonly string[]): boolean {
        return readFlag(this.text(...keys) ?? 'no') === true;
    }

    /** Whether the file says something, though variables may keep from knowing what. */
    says(key: string): boolean {
        const entry = entryOf(this.node, key);
        return entry !== undefined && (isUnknown(entry.value) || this.value(key) !== undefined);
    }

    /** Where a value stands: the service itself where it does not. */
    place(...keys: readonly string[]): Located {
        return { at: this.value(...keys)?.at ?? this.node.at, path: ['services', this.name, ...keys].join('.') };
    }

    /** Tells what can not be read: a mistake, or the doing of variables that are not set. */
    unreadable(value: YamlNode, path: string, reason: string, remedy: string): void {
        if (isUnknown(value)) {
            this.project.log.note(
                { at: value.at, path },
                'not-carried-over',
                `${reason}, because of variables without a value`,
                'Set them in the environment or in .env.',
            );
        } else {
            this.project.log.refuse({ at: value.at, path }, 'compose-value', reason, remedy);
        }
    }

    note(keys: readonly string[], why: ReportReason, what: string, remedy: string): void {
        this.project.log.note(this.place(...keys), why, what, remedy);
    }
}
