/** The findings of a file as the editor takes them: of all topologies that it belongs to, at the severities that the user chose. */
import { type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver';
import type { SourceRange } from '#language/origins.ts';
import type { Severity } from '#simulation/model/finding.ts';
import type { Analysis } from './analysis.ts';
import { checkLink } from './check-page.ts';
import type { FeatureContext } from './features/feature.ts';
import { mergeFindings } from './merged-findings.ts';
import type { PlacedFinding } from './placed-finding.ts';

export function fileDiagnostics(uri: string, analyses: readonly Analysis[], context: FeatureContext): readonly Diagnostic[] {
    const merged = mergeFindings(
        analyses,
        (analysis) => analysis,
        ({ at }) => at.uri === uri,
    );
    return merged.flatMap(({ finding }) => toDiagnostic(finding, context) ?? []);
}

export function toRange({ start, end }: SourceRange): Range {
    return { start, end };
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
