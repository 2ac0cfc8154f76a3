/** Tries fixes on a copy of the texts: what the core makes of them is what their titles promise. */
import type { CancellationToken } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { loadCatalog } from '#language/catalog.ts';
import { lower } from '#language/lowering/lower.ts';
import { parseText, type StrataServices } from '#language/services.ts';
import { percentFigure } from '#simulation/model/figures.ts';
import type { Result } from '#simulation/model/result.ts';
import { type Analysis, analyse } from '../analysis.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import { lastStep } from '../short-path.ts';
import type { Simulator } from '../simulation-channel.ts';
import type { Source } from '../sources.ts';
import type { Effect, Fix, FixEdit } from './fix.ts';

export interface Laboratory {
    readonly services: StrataServices;
    readonly simulator: Simulator;
    readonly token: CancellationToken;
}

/** Trials end when they took this long (milliseconds): who opens a list of fixes waits for it. */
const patience = 400;

/** The fixes with their effects in their titles; without those that would not help, and those that only a trial could vouch for where there is no time for it. */
export async function withEffects(fixes: readonly Fix[], finding: PlacedFinding, analysis: Analysis, laboratory: Laboratory): Promise<readonly Fix[]> {
    const end = performance.now() + patience;
    const offered: Fix[] = [];
    for (const fix of fixes) {
        const hasTime = performance.now() + analysis.milliseconds < end;
        const after = fix.effect === undefined || !hasTime ? undefined : await analyseChanged(fix.edits, analysis, laboratory);
        if (fix.effect === undefined || after?.result === undefined) {
            // A fix that says nothing of what else will be is true without a trial.
            offered.push(...(fix.effect?.kind === 'fits' ? [] : [fix]));
        } else if (helps(finding, analysis, after)) {
            const effect = effectText(fix.effect, after.result);
            offered.push(effect === undefined ? fix : { ...fix, title: `${fix.title} (${effect})` });
        }
    }
    return offered;
}

async function analyseChanged(
    edits: readonly FixEdit[],
    { root, sources }: Analysis,
    { services, simulator, token }: Laboratory,
): Promise<Analysis | undefined> {
    const changed = sources.map((source) => applied(source, edits, services));
    const lowered = lower({ documents: changed.map(({ document }) => document), catalog: loadCatalog(services) });
    return await analyse({ root, sources: changed, signature: '', lowered, parses: true }, simulator, token);
}

function applied(source: Source, edits: readonly FixEdit[], services: StrataServices): Source {
    const own = edits.filter(({ uri }) => uri === source.uri);
    if (own.length === 0) {
        return source;
    }
    const text = TextDocument.applyEdits(source.document.textDocument, [...own]);
    return { uri: source.uri, version: source.version, stamp: source.stamp, text, document: parseText(services, text, source.uri) };
}

/** Whether there is one finding of its kind less, and no error more. */
function helps({ code }: PlacedFinding, before: Analysis, after: Analysis): boolean {
    const count = ({ findings }: Analysis, holds: (finding: PlacedFinding) => boolean): number => findings.filter(holds).length;
    const errorsOf = (other: string) => (finding: PlacedFinding) => finding.severity === 'error' && finding.code === other;
    const errors = new Set(after.findings.filter(({ severity }) => severity === 'error').map((finding) => finding.code));
    return (
        count(after, (finding) => finding.code === code) < count(before, (finding) => finding.code === code) &&
        [...errors].every((other) => count(after, errorsOf(other)) <= count(before, errorsOf(other)))
    );
}

function effectText({ kind, on, resource }: Effect, { elements }: Result): string | undefined {
    const headroom = elements.get(on)?.[resource]?.headroom;
    if (headroom === undefined) {
        return kind === 'fits' ? 'fits' : undefined;
    }
    const name = resource === 'cpu' ? 'CPU' : 'memory';
    switch (kind) {
        case 'fits':
            return `fits, ${percentFigure(headroom)} of its ${name} free`;
        case 'room':
            return headroom < 0
                ? `${lastStep(on)} then needs ${percentFigure(-headroom)} more ${name} than it has`
                : `${lastStep(on)} then has ${percentFigure(headroom)} of its ${name} free`;
        default:
            return kind satisfies never;
    }
}
