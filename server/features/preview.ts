/** What the preview asks for: the picture, where an element stands in the text, and which element the cursor is in. */
import { createHash } from 'node:crypto';
import type { CancellationToken } from 'vscode-languageserver';
import { elementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import type { Analysis } from '../analysis.ts';
import { holds, toLocation } from '../cursor.ts';
import { declaredPath } from '../json/instances.ts';
import { drawStrata } from '../picture/draw-strata.ts';
import {
    type ElementAtAnswer,
    type ElementAtParams,
    elementAtRequest,
    type LocateAnswer,
    type LocateParams,
    locateRequest,
    type PreviewStatus,
    type Scene,
    type SceneAnswer,
    type SceneOptions,
    type SceneParams,
    sceneRequest,
    type ViewName,
} from '../protocol.ts';
import { canonicalUri } from '../sources.ts';
import type { Workspace } from '../workspace.ts';
import type { Feature } from './feature.ts';

export const preview: Feature = {
    name: 'preview',
    register: ({ onRequest, workspace, spelling }) => {
        onRequest(sceneRequest, (params: SceneParams, token): Promise<SceneAnswer> => answerScene(params, workspace, token));
        onRequest(locateRequest, ({ uri, element }: LocateParams): LocateAnswer => {
            const origins = workspace.current(canonicalUri(uri))?.lowered.origins;
            const origin = origins?.elements.get(elementId(declaredPath(element)));
            return origin === undefined ? null : toLocation(origin.name, spelling);
        });
        onRequest(elementAtRequest, (params: ElementAtParams): ElementAtAnswer => elementAt(params, workspace));
    },
};

export async function answerScene({ uri, view, options, known }: SceneParams, workspace: Workspace, token: CancellationToken): Promise<SceneAnswer> {
    const file = canonicalUri(uri);
    const analysis = await workspace.analysed(file, token);
    const good = workspace.lastGood(file);
    const status = statusOf(file, analysis, good);
    if (good?.result === undefined) {
        return { kind: 'nothing', status };
    }
    const scene = draw[view](good.result, options);
    const revision = createHash('sha1').update(JSON.stringify(scene)).digest('base64url');
    return revision === known ? { kind: 'unchanged', revision, status } : { kind: 'scene', scene, revision, status };
}

/** One entry for each view. */
const draw = {
    strata: (result: Result, options: SceneOptions): Scene => drawStrata(result, result.findings, options),
} as const satisfies Record<ViewName, unknown>;

/** `analysis` is of the current text; nothing where an edit came in between. */
function statusOf(uri: string, analysis: Analysis | undefined, good: Analysis | undefined): PreviewStatus {
    const findings = (analysis ?? good)?.findings ?? [];
    const counts = {
        errors: findings.filter(({ severity }) => severity === 'error').length,
        warnings: findings.filter(({ severity }) => severity === 'warning').length,
    };
    if (analysis === undefined) {
        return { stale: true, because: 'The text has just changed.', ...counts };
    }
    if (analysis.signature === good?.signature) {
        return { stale: false, ...counts };
    }
    const first = findings.find(({ severity }) => severity === 'error');
    const place =
        first === undefined
            ? ''
            : `${first.at.uri === uri ? 'line' : `${first.at.uri.slice(first.at.uri.lastIndexOf('/') + 1)}, line`} ${first.at.start.line + 1}: `;
    return { stale: true, because: `${place}${first?.message ?? 'The text can not be read.'}`, ...counts };
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
