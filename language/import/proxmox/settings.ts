/** The settings of one guest: reads each as what it must be, and remembers which were read, so that the rest can be told. */
import type { ImportLog, Located } from '../import-log.ts';
import { type ConfigLine, type ConfigSection, shortened } from './config-lines.ts';

export interface Range {
    readonly min: number;
    readonly max?: number;
}

export class Settings {
    /** The file as a whole, for what it does not say. */
    readonly located: Located;
    private readonly lines = new Map<string, ConfigLine>();
    private readonly read = new Set<string>();
    private readonly log: ImportLog;

    constructor(section: ConfigSection, log: ImportLog) {
        this.located = section;
        this.log = log;
        for (const line of section.lines) {
            const first = this.lines.get(line.key);
            if (first !== undefined && !line.key.startsWith('lxc.')) {
                log.note(first, 'not-carried-over', `${line.key} is said again in line ${line.at.line}, which holds`, 'Remove one of the two lines.');
            }
            this.lines.set(line.key, line);
        }
    }

    has(key: string): boolean {
        return this.lines.has(key);
    }

    /** The line of a key; nothing where it is not there or empty. */
    line(key: string): ConfigLine | undefined {
        this.read.add(key);
        const line = this.lines.get(key);
        return line?.value === '' ? undefined : line;
    }

    whole(key: string, range: Range): number | undefined {
        const line = this.line(key);
        return line && this.number(line, line.value, /^\d+$/, 'a whole number', range);
    }

    decimal(key: string, range: Range): number | undefined {
        const line = this.line(key);
        return line && this.number(line, line.value, /^\d+(\.\d+)?$/, 'a number', range);
    }

    /** `1`, `on`, `yes` and `true` in any case, and their opposites. */
    flag(key: string): boolean | undefined {
        const line = this.line(key);
        if (line === undefined) {
            return undefined;
        }
        const word = line.value.toLowerCase();
        if (!truths.includes(word) && !falsehoods.includes(word)) {
            this.refuse(line, `${key} is ${shortened(line.value)}, not a truth value`, 'Write 1 or 0.');
        }
        return truths.includes(word);
    }

    /** The parts of `a=b,c=d`; a part without `=` belongs to `main`. */
    parts(line: ConfigLine, main: string): ReadonlyMap<string, string> {
        const parts = new Map<string, string>();
        for (const part of line.value.split(',')) {
            const split = part.indexOf('=');
            const name = split < 0 ? main : part.slice(0, split).trim();
            if (parts.has(name)) {
                this.refuse(
                    line,
                    split < 0 ? `${shortened(part)} has no name, and neither has the part before it` : `${name} is said twice`,
                    `Write ${line.key} as \`name=value,name=value\`.`,
                );
            }
            parts.set(name, part.slice(split + 1).trim());
        }
        return parts;
    }

    /** A number written in a part of a line. */
    number(
        line: Located & { readonly key: string },
        written: string,
        pattern: RegExp,
        what: string,
        { min, max = Number.MAX_SAFE_INTEGER }: Range,
    ): number | undefined {
        const value = pattern.test(written) ? Number(written) : Number.NaN;
        if (value >= min && value <= max) {
            return value;
        }
        const range = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
        this.refuse(line, `${line.key} is ${shortened(written)}, not ${what} ${range}`, `Write ${what} ${range}.`);
        return undefined;
    }

    refuse(line: Located, reason: string, remedy: string): void {
        this.log.refuse(line, 'proxmox-value', reason, remedy);
    }

    note(line: Located, ...[why, what, remedy]: [Parameters<ImportLog['note']>[1], string, string]): void {
        this.log.note(line, why, what, remedy);
    }

    /** Lines that nobody read. */
    *rest(): Generator<ConfigLine> {
        for (const line of this.lines.values()) {
            if (!this.read.has(line.key)) yield line;
        }
    }
}

const truths: readonly string[] = ['1', 'on', 'yes', 'true'];
const falsehoods: readonly string[] = ['0', 'off', 'no', 'false'];
