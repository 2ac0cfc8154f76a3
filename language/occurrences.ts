/** Where names stand: every definition and reference of a topology's files, one entry for each name and what it means. */
import { append } from '#simulation/model/append.ts';
import type { SourceRange } from './origins.ts';

export type TargetKind =
    /** `name` is the canonical path of a declared element, as in `rack1.docker.web`. */
    | 'element'
    /** `name` is `process path/phase`. */
    | 'phase'
    | 'let'
    | 'template'
    | 'scenario'
    | 'os'
    | 'image'
    | 'hypervisor-type'
    | 'engine-type'
    | 'runtime-type'
    | 'policy'
    /** `name` is the key of a label. */
    | 'label'
    /** `name` is the URI of an imported file. */
    | 'file';

export interface Target {
    readonly kind: TargetKind;
    readonly name: string;
}

export interface Occurrence {
    readonly target: Target;
    readonly role: 'definition' | 'reference';
    /** The name alone: of `rack1.kvm.db` each step has an occurrence of its own; of a text, without its quotes. */
    readonly at: SourceRange;
}

/** All occurrences of one topology. A range has several entries where a template is used several times: one for each element that came of it. */
export interface Occurrences {
    readonly all: readonly Occurrence[];
    readonly byUri: ReadonlyMap<string, readonly Occurrence[]>;
    readonly byTarget: ReadonlyMap<string, readonly Occurrence[]>;
}

export const targetKey = (target: Target): string => `${target.kind} ${target.name}`;

/** Indexed when first asked: most texts of a burst of typing are never asked for their names. */
export function indexOccurrences(all: readonly Occurrence[]): Occurrences {
    let indexed: Occurrences | undefined;
    const index = (): Occurrences => {
        indexed ??= indexNow(all);
        return indexed;
    };
    return {
        get all() {
            return index().all;
        },
        get byUri() {
            return index().byUri;
        },
        get byTarget() {
            return index().byTarget;
        },
    };
}

function indexNow(all: readonly Occurrence[]): Occurrences {
    const byUri = new Map<string, Occurrence[]>();
    const byTarget = new Map<string, Occurrence[]>();
    const unique: Occurrence[] = [];
    const seen = new Set<string>();
    for (const occurrence of all) {
        const { uri, start } = occurrence.at;
        const key = targetKey(occurrence.target);
        const identity = `${key} ${occurrence.role} ${start.line}:${start.character} ${uri}`;
        if (!seen.has(identity)) {
            seen.add(identity);
            unique.push(occurrence);
            append(byUri, uri, occurrence);
            append(byTarget, key, occurrence);
        }
    }
    return { all: unique, byUri, byTarget };
}

/** The names at a position (several where a template made several elements of one). */
export function occurrencesAt(occurrences: Occurrences, uri: string, line: number, character: number): readonly Occurrence[] {
    return (occurrences.byUri.get(uri) ?? []).filter(
        ({ at: { start, end } }) =>
            (start.line < line || (start.line === line && start.character <= character)) &&
            (end.line > line || (end.line === line && character <= end.character)),
    );
}

/**
 * Everything that is called the same for one reason: the occurrences of `targets`, and of every other target that is defined at one of their definitions
 * (elements of one template are renamed together, and so is what a body merges with its template by name).
 */
export function sameNamed(occurrences: Occurrences, targets: readonly Target[]): readonly Occurrence[] {
    const definedAt = new Map<string, Target[]>();
    for (const occurrence of occurrences.all) {
        if (occurrence.role === 'definition') {
            append(definedAt, placeOf(occurrence), occurrence.target);
        }
    }
    const found = new Map<string, Occurrence>();
    const done = new Set<string>();
    const open = [...targets];
    for (let target = open.pop(); target !== undefined; target = open.pop()) {
        const key = targetKey(target);
        if (!done.has(key)) {
            done.add(key);
            for (const occurrence of occurrences.byTarget.get(key) ?? []) {
                found.set(placeOf(occurrence), occurrence);
                open.push(...(occurrence.role === 'definition' ? (definedAt.get(placeOf(occurrence)) ?? []) : []));
            }
        }
    }
    return [...found.values()];
}

const placeOf = ({ at: { uri, start } }: Occurrence): string => `${uri} ${start.line}:${start.character}`;
