/** Publishes findings: one publish for a file and version, of grammar, checks and simulation together. */

import { type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver';
import type { SourceRange } from '#language/origins.ts';
import type { Severity } from '#simulation/model/finding.ts';
import type { Analysis } from '../analysis.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import { type ChangedParams, changedNotification } from '../protocol.ts';
import type { Feature, FeatureContext } from './feature.ts';

export const diagnostics: Feature = {
    name: 'diagnostics',
    register: (context) => {
        const { connection, workspace, spelling } = context;
        const published = new Map<string, string>();
        workspace.onAnalysed((analysis) => {
            for (const { uri, version } of analysis.sources) {
                const analyses = workspace.allAnalysed(uri);
                // A file of several topologies waits until the last of them is judged.
                if (analyses !== undefined) {
                    const found = merged(uri, analyses).map((finding) => toDiagnostic(finding, context));
                    const content = JSON.stringify([version, found]);
                    if (published.get(uri) !== content) {
                        published.set(uri, content);
                        void connection.sendDiagnostics({ uri: spelling(uri), diagnostics: found, ...(version !== null && { version }) });
                    }
                }
            }
            const uris = analysis.sources.map(({ uri }) => spelling(uri));
            void connection.sendNotification(changedNotification, { uris } satisfies ChangedParams);
        });
        workspace.onGone((uris) => {
            for (const uri of uris) {
                if (published.delete(uri)) {
                    void connection.sendDiagnostics({ uri: spelling(uri), diagnostics: [] });
                }
            }
        });
    },
};

export function toRange({ start, end }: SourceRange): Range {
    return { start, end };
}

function merged(uri: string, analyses: readonly Analysis[]): readonly PlacedFinding[] {
    const byIdentity = new Map<string, PlacedFinding>();
    for (const finding of analyses.flatMap(({ findings }) => findings)) {
        if (finding.at.uri === uri) {
            byIdentity.set(JSON.stringify([finding.code, finding.at, finding.message]), finding);
        }
    }
    return [...byIdentity.values()];
}

function toDiagnostic(finding: PlacedFinding, { spelling }: FeatureContext): Diagnostic {
    const relatedInformation = finding.related.map(({ at, message }) => ({ location: { uri: spelling(at.uri), range: toRange(at) }, message }));
    return {
        range: toRange(finding.at),
        severity: severities[finding.severity],
        code: finding.code,
        source: 'strata',
        message: finding.message,
        ...(relatedInformation.length > 0 && { relatedInformation }),
    };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
    error: DiagnosticSeverity.Error,
    warning: DiagnosticSeverity.Warning,
    information: DiagnosticSeverity.Information,
    hint: DiagnosticSeverity.Hint,
};
