/** Fixes as the editor takes them: titles at once, and what they edit at once or when one is chosen, whichever the editor can. */
import {
    type CancellationToken,
    type CodeAction,
    CodeActionKind,
    type Diagnostic,
    type Range,
    type TextDocumentEdit,
    type WorkspaceEdit,
} from 'vscode-languageserver';
import { catalogScheme } from '#language/catalog.ts';
import { placeOf } from '../cursor.ts';
import type { FeatureContext } from '../features/feature.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import { isReadable, type Source } from '../sources.ts';
import type { Fix } from './fix.ts';
import { offeredFixes } from './offered-fixes.ts';

/** What the editor asks about. */
export interface Place {
    readonly range: Range;
    readonly diagnostics: readonly Diagnostic[];
}

interface Offer {
    readonly fix: Fix;
    readonly finding: PlacedFinding;
}

/** Says again which fix was meant: what it edits is made of the text as it is then, so that it can't be of an older one. */
interface OfferName {
    readonly uri: string;
    readonly code: string;
    readonly place: string;
}

export async function quickFixes(
    uri: string,
    { range, diagnostics }: Place,
    context: FeatureContext,
    token: CancellationToken,
): Promise<readonly CodeAction[]> {
    const offers = await offersFor(uri, ({ at }) => overlap(at, range), context, token);
    return offers.map((offer) => toAction(offer, diagnostics, context));
}

/** What an action edits, made of the text as it is now; undefined where what it mends is not there any more. */
export async function editOf({ data, title, edit }: CodeAction, context: FeatureContext, token: CancellationToken): Promise<WorkspaceEdit | undefined> {
    if (edit !== undefined || !isOfferName(data)) {
        return edit ?? {};
    }
    const { uri, code, place } = data;
    const offers = await offersFor(uri, (finding) => finding.code === code && placeOf(finding.at) === place, context, token);
    const meant = offers.find(({ fix }) => fix.title === title);
    return meant && { documentChanges: documentEdits(meant.fix, context) };
}

async function offersFor(
    uri: string,
    isMeant: (finding: PlacedFinding) => boolean,
    { workspace }: FeatureContext,
    token: CancellationToken,
): Promise<readonly Offer[]> {
    const analysis = await workspace.analysed(uri, token);
    const sourceOf = (wanted: string): Source | undefined => {
        const source = workspace.sources.get(wanted);
        return isReadable(source) && !wanted.startsWith(`${catalogScheme}:`) ? source : undefined;
    };
    const laboratory = { services: workspace.services, simulator: workspace.simulator, token };
    const offers: Offer[] = [];
    for (const finding of analysis?.findings.filter(({ at }) => at.uri === uri) ?? []) {
        if (analysis !== undefined && isMeant(finding)) {
            const fixes = await offeredFixes({ finding, analysis, sourceOf }, laboratory);
            offers.push(...fixes.map((fix) => ({ fix, finding })));
        }
    }
    return offers;
}

function overlap(a: Range, b: Range): boolean {
    const isBefore = (one: Range, other: Range): boolean =>
        one.end.line < other.start.line || (one.end.line === other.start.line && one.end.character < other.start.character);
    return !isBefore(a, b) && !isBefore(b, a);
}

function toAction({ fix, finding }: Offer, diagnostics: readonly Diagnostic[], context: FeatureContext): CodeAction {
    const solved = diagnostics.filter(
        ({ code, range }) => code === finding.code && range.start.line === finding.at.start.line && range.start.character === finding.at.start.character,
    );
    const name: OfferName = { uri: finding.at.uri, code: finding.code, place: placeOf(finding.at) };
    return {
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: solved,
        ...(asksForEdits(context) ? { data: name } : { edit: { documentChanges: documentEdits(fix, context) } }),
        ...(fix.isPreferred === true && { isPreferred: true }),
    };
}

function asksForEdits({ client }: FeatureContext): boolean {
    return client().textDocument?.codeAction?.resolveSupport?.properties.includes('edit') ?? false;
}

function isOfferName(data: unknown): data is OfferName {
    return typeof data === 'object' && data !== null && ['uri', 'code', 'place'].every((key) => typeof Reflect.get(data, key) === 'string');
}

export function documentEdits({ edits }: Pick<Fix, 'edits'>, { workspace, spelling }: FeatureContext): TextDocumentEdit[] {
    return [...new Set(edits.map(({ uri }) => uri))].map((uri) => {
        const source = workspace.sources.get(uri);
        return {
            textDocument: { uri: spelling(uri), version: isReadable(source) ? source.version : null },
            edits: edits.filter((edit) => edit.uri === uri).map(({ range, newText }) => ({ range, newText })),
        };
    });
}
