/** Findings as the command line prints them: text for people and problem matchers, JSON, SARIF 2.1.0, GitHub's annotations. */

import type { Severity } from '#simulation/model/finding.ts';
import type { PrintedRange } from '../json/finding-rows.ts';
import { githubAnnotations } from './github-annotations.ts';
import { plainLine } from './plain-line.ts';
import { sarifLog } from './sarif-log.ts';

/** A finding whose file is named as the command line names it; lines and columns from 1. */
export interface PrintedFinding extends PrintedRange {
    readonly code: string;
    readonly severity: Severity;
    readonly message: string;
    readonly scenario?: string;
    readonly path?: string;
    /** In seconds from the scenario's start. */
    readonly at?: number;
}

/** With what only some formats ask for. */
export interface ReportedFinding extends PrintedFinding {
    readonly related: readonly (PrintedRange & { readonly message: string })[];
    /** The line in which it begins, without its end. */
    readonly line: () => string | undefined;
    /** Only those that are right whatever else is so. */
    readonly fixes: () => readonly PrintedFix[];
}

export interface PrintedFix {
    readonly title: string;
    readonly edits: readonly (PrintedRange & { readonly newText: string })[];
}

export interface FormatContext {
    /** Against which the names of files are resolved. */
    readonly directory: string;
    /** From which build servers name files; the directory where there is none. */
    readonly root: string;
}

type FindingFormatter = (findings: readonly ReportedFinding[], context: FormatContext) => Iterable<string>;

export const findingFormats = { text, json, sarif: sarifLog, github: githubAnnotations } as const satisfies Record<string, FindingFormatter>;
export type FindingFormat = keyof typeof findingFormats;

function* text(findings: readonly PrintedFinding[]): Generator<string> {
    for (const finding of findings) {
        yield findingLine(finding);
    }
}

/** What the problem matcher of the extension reads. */
export function findingLine({ file, start, severity, code, message }: Omit<PrintedFinding, 'end'>): string {
    return `${plainLine(`${file}:${start.line}:${start.column}: ${severity} ${code}: ${message}`)}\n`;
}

function* json(findings: readonly PrintedFinding[]): Generator<string> {
    const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
    const counts = { error: count('error'), warning: count('warning'), information: count('information'), hint: count('hint') };
    const rows = findings.map(({ code, severity, scenario, path, message, at, file, start, end }) => ({
        code,
        severity,
        scenario,
        path,
        message,
        at,
        range: { file, start, end },
    }));
    yield `${JSON.stringify({ format: 1, counts, findings: rows }, undefined, 2)}\n`;
}
