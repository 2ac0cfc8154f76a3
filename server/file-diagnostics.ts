/** The findings of a file as the editor takes them: of all topologies that it belongs to, at the severities that the user chose. */
import { type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver';
import type { SourceRange } from '#language/origins.ts';
import type { Severity } from '#simulation/model/finding.ts';
import type { Analysis } from './analysis.ts';
import { checkLink } from './check-page.ts';
import { unusedIgnore } from './checks.ts';
import { placeOf } from './cursor.ts';
import type { FeatureContext } from './features/feature.ts';
import type { PlacedFinding } from './placed-finding.ts';

export function fileDiagnostics(uri: string, analyses: readonly Analysis[], context: FeatureContext): readonly Diagnostic[] {
    return merged(uri, analyses).flatMap((finding) => toDiagnostic(finding, context) ?? []);
}

export function toRange({ start, end }: SourceRange): Range {
    return { start, end };
}

/** What several topologies find is said once. */
function merged(uri: string, analyses: readonly Analysis[]): readonly PlacedFinding[] {
    const byIdentity = new Map<string, { readonly finding: PlacedFinding; times: number }>();
    for (const finding of analyses.flatMap(({ findings }) => findings)) {
        if (finding.at.uri === uri) {
            const identity = `${finding.code} ${placeOf(finding.at)} ${finding.message}`;
            const known = byIdentity.get(identity) ?? { finding, times: 0 };
            byIdentity.set(identity, known);
            known.times += 1;
        }
    }
    // What one topology has no use for, another may need.
    return [...byIdentity.values()]
        .filter(({ finding, times }) => finding.code !== unusedIgnore.code || times === analyses.length)
        .map(({ finding }) => finding);
}

function toDiagnostic({ code, severity, at, message, related }: PlacedFinding, { spelling, settings }: FeatureContext): Diagnostic | undefined {
    const chosen = settings.now().severity.get(code) ?? severity;
    if (chosen === 'off') {
        return undefined;
    }
    const relatedInformation = related.map((cause) => ({ location: { uri: spelling(cause.at.uri), range: toRange(cause.at) }, message: cause.message }));
    const href = checkLink(code);
    return {
        range: toRange(at),
        severity: severities[chosen],
        code,
        ...(href !== undefined && { codeDescription: { href } }),
        source: 'strata',
        message,
        ...(relatedInformation.length > 0 && { relatedInformation }),
    };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
    error: DiagnosticSeverity.Error,
    warning: DiagnosticSeverity.Warning,
    information: DiagnosticSeverity.Information,
    hint: DiagnosticSeverity.Hint,
};
