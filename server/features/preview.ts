/** What the preview asks of the language server: its views, their files, and the way between a place in a view and a place in the text. */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { SourceRange } from '#language/origins.ts';
import type { Analysis } from '../analysis.ts';
import { type CommittedTopologies, committedTopologies } from '../committed.ts';
import { holds, toLocation } from '../cursor.ts';
import { type FileText, noSuchFile, unreadable } from '../file-text.ts';
import { svgDocument } from '../picture/svg.ts';
import { previewStatus } from '../preview-status.ts';
import {
    type CommittedTextAnswer,
    type CommittedTextParams,
    committedTextRequest,
    type ElementAtAnswer,
    type ElementAtParams,
    type ExportAnswer,
    type ExportParams,
    elementAtRequest,
    exportRequest,
    type LocateAnswer,
    type LocateParams,
    locateRequest,
    type Target,
    type ViewAnswer,
    type ViewParams,
    viewRequest,
} from '../protocol.ts';
import { canonicalUri } from '../sources.ts';
import { contentCache } from '../views/content-cache.ts';
import { locateTarget } from '../views/locate-target.ts';
import { reportHtml } from '../views/report.ts';
import { goodSubject, type ViewSubject } from '../views/view.ts';
import { drawingOf } from '../views/views.ts';
import type { Workspace } from '../workspace.ts';
import type { Feature } from './feature.ts';

export const preview: Feature = {
    name: 'preview',
    register: ({ onRequest, connection, workspace, spelling }) => {
        const committed = committedTopologies('HEAD', (uri) => askForCommitted(spelling(uri), connection));
        onRequest(viewRequest, (params: ViewParams, token): Promise<ViewAnswer> => answerView(params, { workspace, committed }, token));
        onRequest(exportRequest, (params: ExportParams, token): Promise<ExportAnswer> => exportView(params, { workspace, committed }, token));
        onRequest(locateRequest, ({ uri, target }: LocateParams): LocateAnswer => {
            const at = locate(target, uri, workspace);
            return at === undefined ? null : toLocation(at, spelling);
        });
        onRequest(elementAtRequest, (params: ElementAtParams): ElementAtAnswer => elementAt(params, workspace));
    },
};

export interface Shown {
    readonly workspace: Workspace;
    readonly committed: CommittedTopologies;
}

export async function answerView({ uri, view, options, known, first }: ViewParams, shown: Shown, token: CancellationToken): Promise<ViewAnswer> {
    const { workspace } = shown;
    const file = canonicalUri(uri);
    const analysis = await workspace.analysed(file, token);
    const good = workspace.lastGood(file);
    const status = previewStatus(file, analysis, good);
    const subject = await subjectOf(good, shown, view === 'compare');
    return subject === undefined ? { kind: 'nothing', status } : { ...(await contentCache.answer(subject, { view, options, known, first })), status };
}

export async function exportView({ uri, view, options, format }: ExportParams, shown: Shown, token: CancellationToken): Promise<ExportAnswer> {
    const { workspace } = shown;
    const file = canonicalUri(uri);
    await workspace.analysed(file, token);
    const found = await subjectOf(workspace.lastGood(file), shown, view === 'compare' || format === 'html');
    if (found === undefined) {
        return null;
    }
    // Who looks at a picture later has no use for why nothing was known when it was made.
    const { committed, ...rest } = found;
    const subject = committed?.kind === 'known' ? found : rest;
    return format === 'svg' ? svgDocument(drawingOf(view, subject, options)) : reportHtml(subject, options, file.slice(file.lastIndexOf('/') + 1));
}

/** The commit is looked up only for what shows it. */
async function subjectOf(analysis: Analysis | undefined, { workspace, committed }: Shown, showsCommit: boolean): Promise<ViewSubject | undefined> {
    const subject = goodSubject(analysis, workspace.services);
    return subject === undefined || !showsCommit ? subject : { ...subject, committed: await committed.of(subject.analysis.root) };
}

/** The editor knows the repository; one that does not answer this has no preview, or no git. */
async function askForCommitted(uri: string, connection: Connection): Promise<FileText> {
    try {
        const answer = await connection.sendRequest<CommittedTextAnswer>(committedTextRequest, { uri } satisfies CommittedTextParams);
        return answer.kind === 'text' ? answer : unreadable(answer.kind === 'absent' ? noSuchFile : answer.because);
    } catch {
        return unreadable('this editor does not say what the last commit has');
    }
}

/** In the current text, whatever the page shows. */
export function locate(target: Target, uri: string, workspace: Workspace): SourceRange | undefined {
    const file = canonicalUri(uri);
    const understanding = workspace.current(file);
    return understanding && locateTarget(target, { understanding, analysis: workspace.allAnalysed(file)?.[0], services: workspace.services });
}

/** The innermost declaration that holds the position; where a template made several elements, the first of them. */
function elementAt({ uri, position }: ElementAtParams, workspace: Workspace): ElementAtAnswer {
    const file = canonicalUri(uri);
    let innermost: { readonly id: string; readonly lines: number; readonly start: number } | undefined;
    for (const [id, { declaration }] of workspace.current(file)?.lowered.origins.elements ?? []) {
        const lines = declaration.end.line - declaration.start.line;
        if (declaration.uri === file && holds(declaration, position)) {
            const isInner = innermost === undefined || lines < innermost.lines || (lines === innermost.lines && declaration.start.character > innermost.start);
            innermost = isInner ? { id, lines, start: declaration.start.character } : innermost;
        }
    }
    return innermost === undefined ? null : { element: innermost.id };
}
