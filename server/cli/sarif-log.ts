/** Findings as a log in the Static Analysis Results Interchange Format, version 2.1.0, for code scanning and editors. */
import { createHash } from 'node:crypto';
import { URI } from 'vscode-uri';
import type { Severity } from '#simulation/model/finding.ts';
import { checkLink, checkOf } from '../check-page.ts';
import type { PrintedRange } from '../json/finding-rows.ts';
import { strataVersion } from '../version.ts';
import type { FormatContext, PrintedFix, ReportedFinding } from './finding-formats.ts';
import { fileFromRoot } from './github-annotations.ts';

/** Names the folder that relative addresses start from; where that is, the reader of the log knows. */
const rootName = '%SRCROOT%';
/** Characters; a line that is longer was not written by hand, and shows nothing. */
const longestSnippet = 500;

export function* sarifLog(findings: readonly ReportedFinding[], context: FormatContext): Generator<string> {
    const codes = [...new Set(findings.map(({ code }) => code))].sort();
    const fingerprint = fingerprints(context);
    const log = {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
            {
                tool: { driver: { name: 'strata', fullName: 'Strata', semanticVersion: strataVersion(), rules: codes.map(rule) } },
                columnKind: 'utf16CodeUnits',
                originalUriBaseIds: {
                    [rootName]: { description: { text: 'The folder from which files are named: the root of the repository, or where strata ran.' } },
                },
                results: findings.map((finding) => ({
                    ...result(finding, codes.indexOf(finding.code), context),
                    partialFingerprints: { 'strata/v1': fingerprint(finding) },
                })),
            },
        ],
    };
    yield `${JSON.stringify(log, undefined, 2)}\n`;
}

const levels = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const satisfies Record<Severity, string>;

/** Said of a rule as its page says it. */
function rule(code: string): object {
    const check = checkOf(code);
    const helpUri = checkLink(code);
    return {
        id: code,
        ...(check !== undefined && {
            shortDescription: { text: `${check.title}.` },
            fullDescription: { text: check.explanation },
            help: { text: check.explanation, markdown: `**${check.title}.**\n\n${check.explanation}` },
            defaultConfiguration: { level: levels[check.severity] },
        }),
        ...(helpUri !== undefined && { helpUri }),
    };
}

function result(finding: ReportedFinding, ruleIndex: number, context: FormatContext): object {
    const { code, severity, message, path, line } = finding;
    const text = line();
    const fixes = finding.fixes();
    return {
        ruleId: code,
        ruleIndex,
        level: levels[severity],
        message: { text: message },
        locations: [
            {
                physicalLocation: physicalLocation(finding, context, text !== undefined && text.length <= longestSnippet ? text : undefined),
                ...(path !== undefined && { logicalLocations: [{ fullyQualifiedName: path, kind: 'resource' }] }),
            },
        ],
        ...(finding.related.length > 0 && {
            relatedLocations: finding.related.map((cause, index) => ({
                id: index + 1,
                physicalLocation: physicalLocation(cause, context),
                message: { text: cause.message },
            })),
        }),
        ...(fixes.length > 0 && { fixes: fixes.map((fix) => sarifFix(fix, context)) }),
    };
}

function sarifFix({ title, edits }: PrintedFix, context: FormatContext): object {
    return {
        description: { text: title },
        artifactChanges: [...new Set(edits.map(({ file }) => file))].map((file) => ({
            artifactLocation: artifactLocation(file, context),
            replacements: edits
                .filter((edit) => edit.file === file)
                .map((edit) => ({ deletedRegion: region(edit), ...(edit.newText !== '' && { insertedContent: { text: edit.newText } }) })),
        })),
    };
}

function physicalLocation(at: PrintedRange, context: FormatContext, snippet?: string): object {
    return {
        artifactLocation: artifactLocation(at.file, context),
        region: region(at),
        // A region's snippet would be its text alone; the line around it says more.
        ...(snippet !== undefined && { contextRegion: { startLine: at.start.line, endLine: at.start.line, snippet: { text: snippet } } }),
    };
}

function region({ start, end }: PrintedRange): object {
    return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** Relative below the root; elsewhere the whole address, since a relative one must not lead upwards. */
function artifactLocation(file: string, context: FormatContext): object {
    const name = fileFromRoot(file, context);
    const isBelow = !name.startsWith('/') && !/^[A-Za-z]:/.test(name);
    return isBelow ? { uri: name.split('/').map(encodeURIComponent).join('/'), uriBaseId: rootName } : { uri: URI.file(name).toString() };
}

/** The same for the same finding in a later text: made of what it is about and how the line reads, not of where the line stands or what the figures are. */
function fingerprints(context: FormatContext): (finding: ReportedFinding) => string {
    const times = new Map<string, number>();
    return ({ code, file, scenario, path, line }) => {
        const hash = createHash('sha256')
            .update(JSON.stringify([code, fileFromRoot(file, context), scenario ?? '', path ?? '', line()?.trim() ?? '']))
            .digest('hex')
            .slice(0, 32);
        const time = (times.get(hash) ?? 0) + 1;
        times.set(hash, time);
        return `${hash}:${time}`;
    };
}
