/** Findings as the commands by which a step of a GitHub workflow writes annotations into the files of a pull request. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Severity } from '#simulation/model/finding.ts';
import type { FormatContext, PrintedFinding } from './finding-formats.ts';

export function* githubAnnotations(findings: readonly PrintedFinding[], context: FormatContext): Generator<string> {
    for (const { file, start, end, severity, code, message } of findings) {
        // Columns make sense to GitHub only within one line.
        const columns = start.line === end.line ? [`col=${start.column}`, `endColumn=${end.column}`] : [];
        const place = [`file=${escapeProperty(fileFromRoot(file, context))}`, `line=${start.line}`, `endLine=${end.line}`, ...columns];
        yield `::${levels[severity]} ${[...place, `title=${escapeProperty(code)}`].join(',')}::${escapeData(message)}\n`;
    }
}

/** The name of a file from the root, with `/` between its parts; of one outside, its whole path. */
export function fileFromRoot(file: string, { directory, root }: FormatContext): string {
    const path = resolve(directory, file);
    const steps = relative(root, path);
    const isOutside = steps === '..' || steps.startsWith(`..${sep}`) || isAbsolute(steps);
    return (isOutside ? path : steps).split(sep).join('/');
}

const levels = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const satisfies Record<Severity, string>;

/** A message ends with its line, and `%` begins an escape. What else could move a terminal's cursor is shown, not sent. */
function escapeData(value: string): string {
    return value
        .replaceAll(/[^\P{Cc}\t\r\n]/gu, '\ufffd')
        .replaceAll('%', '%25')
        .replaceAll('\r', '%0D')
        .replaceAll('\n', '%0A');
}

/** `:` and `,` end a property. */
function escapeProperty(value: string): string {
    return escapeData(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
