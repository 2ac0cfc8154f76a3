/**
 * The line grammar of Proxmox VE's guest configurations, of virtual machines (`qm.conf(5)`) and containers (`pct.conf(5)`) alike.
 *
 *     file     = { line }
 *     line     = blank | comment | heading | entry
 *     comment  = "#" text                      the description of the guest
 *     heading  = "[" name "]"                  begins a snapshot; PENDING, pve:pending and special:… begin sections of their own
 *     entry    = key ":" value | lxc-key ( ":" | "=" ) value
 *     key      = lowercase letter { lowercase letter | "_" | "-" } { digit }
 *     lxc-key  = "lxc." { lowercase letter | digit | "_" | "-" | "." }
 */
import type { ImportLog, ImportPlace, Located } from '../import-log.ts';

export interface ConfigLine extends Located {
    readonly key: string;
    /** Without white space around it. */
    readonly value: string;
}

export interface ConfigSection extends Located {
    /** `current` is what stands before the first heading: the guest as it is. */
    readonly kind: 'current' | 'pending' | 'snapshot' | 'special';
    readonly name: string;
    readonly lines: readonly ConfigLine[];
}

/** Sections in order, the guest as it is first; a line that is none of the grammar's is refused in the log. */
export function readConfigLines(text: string, file: string, log: ImportLog): readonly ConfigSection[] {
    let lines: ConfigLine[] = [];
    const sections: ConfigSection[] = [{ kind: 'current', name: '', lines, at: { file, line: 1, column: 1 }, path: '' }];
    for (const [index, raw] of text.split('\n').entries()) {
        const line = raw.trim();
        const at = { file, line: index + 1, column: 1 };
        if (line === '' || line.startsWith('#')) {
            continue;
        }
        const heading = headingOf(line);
        const entry = entryOf(raw, at, sections.at(-1)?.name ?? '');
        if (heading !== undefined) {
            lines = [];
            sections.push({ kind: sectionKind(heading), name: heading, lines, at, path: `[${heading}]` });
        } else if (entry !== undefined) {
            lines.push(entry);
        } else {
            log.refuse(
                { at, path: '' },
                'proxmox-line',
                `This is no line of a guest's configuration: ${shortened(line)}`,
                'Write `key: value`, or `#` before a remark.',
            );
        }
    }
    return sections;
}

function headingOf(line: string): string | undefined {
    const name = line.startsWith('[') && line.endsWith(']') ? line.slice(1, -1) : '';
    return /^[a-z][a-z0-9_:-]+$/i.test(name) ? name : undefined;
}

function sectionKind(name: string): ConfigSection['kind'] {
    const lower = name.toLowerCase();
    return lower === 'pending' || lower === 'pve:pending' ? 'pending' : lower.startsWith('special:') ? 'special' : 'snapshot';
}

function entryOf(raw: string, at: ImportPlace, section: string): ConfigLine | undefined {
    const [key] = /^(?:lxc\.[a-z0-9_.-]+|[a-z][a-z_-]*\d*)/.exec(raw) ?? [];
    if (key === undefined) {
        return undefined;
    }
    const rest = raw.slice(key.length);
    const separator = key.startsWith('lxc.') ? /^\s*[:=]/.exec(rest)?.[0] : /^:/.exec(rest)?.[0];
    if (separator === undefined) {
        return undefined;
    }
    const value = rest.slice(separator.length);
    const column = key.length + separator.length + (value.length - value.trimStart().length) + 1;
    return { key, value: value.trim(), at: { ...at, column }, path: section === '' ? key : `[${section}].${key}` };
}

/** For messages. */
export const shortened = (content: string): string => JSON.stringify(content.length > 60 ? `${content.slice(0, 60)}…` : content);
