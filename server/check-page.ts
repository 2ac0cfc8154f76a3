/** The page that explains every check, and where each of them stands in it. */
import { catalogScheme } from '#language/catalog.ts';
import type { Check } from '#language/checks/check.ts';
import { languageChecks } from '#language/checks/checks.ts';
import { checks } from '#simulation/checks/checks.ts';
import { serverChecks } from './checks.ts';

export type DocumentedCheck = Pick<Check, 'code' | 'title' | 'severity' | 'explanation'>;

/** What is known of the check that gives findings of a code. */
export function checkOf(code: string): DocumentedCheck | undefined {
    return documentedChecks.get(code);
}

/** Editors open it read-only, as they do the catalog, so that it is there without a network. */
export const checkPageUri = `${catalogScheme}:/checks.md`;

export function checkPage(): string {
    return lines.join('\n');
}

/** The section of a check: editors go to the line of such a fragment. */
export function checkLink(code: string): string | undefined {
    const line = headings.get(code);
    return line === undefined ? undefined : `${checkPageUri}#L${line}`;
}

const documentedChecks: ReadonlyMap<string, DocumentedCheck> = new Map([...languageChecks, ...checks, ...serverChecks].map((check) => [check.code, check]));

const lines: readonly string[] = [
    '# The checks',
    '',
    'Each finding names its code. First come the rules of the language, then what the simulation finds, then what is said of the simulation itself.',
    '',
    ...[...documentedChecks.values()].flatMap(section),
];

const headings: ReadonlyMap<string, number> = new Map(lines.flatMap((line, index) => (line.startsWith('## ') ? [[line.slice(3), index + 1]] : [])));

function section({ code, title, severity, explanation }: DocumentedCheck): readonly string[] {
    return [`## ${code}`, '', `**${title}.** *${severity.charAt(0).toUpperCase()}${severity.slice(1)}.*`, '', ...explanation.split('\n'), ''];
}
