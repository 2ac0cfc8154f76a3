/** Findings as the command line prints them: text for people and problem matchers, JSON, SARIF 2.1.0, GitHub's annotations. */
import type { Severity } from '#simulation/model/finding.ts';
import { plainLine } from './plain-line.ts';

/** A finding whose file is named as the command line names it; lines and columns from 1. */
export interface PrintedFinding {
    readonly code: string;
    readonly severity: Severity;
    readonly message: string;
    readonly path?: string;
    readonly file: string;
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
}

export const findingFormats = { text, json, sarif, github } as const satisfies Record<string, (findings: readonly PrintedFinding[]) => Iterable<string>>;
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
    const rows = findings.map(({ code, severity, path, message, file, start, end }) => ({ code, severity, path, message, range: { file, start, end } }));
    yield `${JSON.stringify({ format: 1, findings: rows }, undefined, 2)}\n`;
}

/** Workflow commands; `:` and `,` end a property there, and a message ends with its line. */
function* github(findings: readonly PrintedFinding[]): Generator<string> {
    for (const { file, start, end, severity, code, message } of findings) {
        const place = `file=${property(file)},line=${start.line},col=${start.column},endLine=${end.line},endColumn=${end.column},title=${property(code)}`;
        yield `::${githubLevels[severity]} ${place}::${escapeData(message)}\n`;
    }
}

const githubLevels = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const satisfies Record<Severity, string>;

function* sarif(findings: readonly PrintedFinding[]): Generator<string> {
    const codes = [...new Set(findings.map(({ code }) => code))].sort();
    const log = {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
            {
                tool: { driver: { name: 'strata', rules: codes.map((id) => ({ id })) } },
                columnKind: 'utf16CodeUnits',
                results: findings.map((finding) => sarifResult(finding, codes.indexOf(finding.code))),
            },
        ],
    };
    yield `${JSON.stringify(log, undefined, 2)}\n`;
}

const sarifLevels = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const satisfies Record<Severity, string>;

function sarifResult(finding: PrintedFinding, ruleIndex: number): object {
    const { file, start, end, path } = finding;
    return {
        ruleId: finding.code,
        ruleIndex,
        level: sarifLevels[finding.severity],
        message: { text: finding.message },
        locations: [
            {
                physicalLocation: {
                    artifactLocation: { uri: file.split(/[\\/]/).map(encodeURIComponent).join('/') },
                    region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
                },
                ...(path !== undefined && { logicalLocations: [{ fullyQualifiedName: path }] }),
            },
        ],
    };
}

function escapeData(value: string): string {
    return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string): string {
    return escapeData(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
