/** What the preview asks for: the picture, where an element stands in the text, and which element the cursor is in. */
import type { CancellationToken } from 'vscode-languageserver';
import { elementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import { holds, toLocation } from '../cursor.ts';
import { declaredPath } from '../json/instances.ts';
import { drawStrata } from '../picture/draw-strata.ts';
import { previewStatus } from '../preview-status.ts';
import {
    type ElementAtAnswer,
    type ElementAtParams,
    elementAtRequest,
    type LocateAnswer,
    type LocateParams,
    locateRequest,
    type Scene,
    type SceneAnswer,
    type SceneOptions,
    type SceneParams,
    sceneRequest,
    type ViewName,
} from '../protocol.ts';
import { revisionOf } from '../revision.ts';
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
    const status = previewStatus(file, analysis, good);
    if (good?.result === undefined) {
        return { kind: 'nothing', status };
    }
    const { scene, revision } = await drawn(good.result, view, options);
    return revision === known ? { kind: 'unchanged', revision, status } : { kind: 'scene', scene, revision, status };
}

interface Drawn {
    readonly asked: string;
    readonly scene: Scene;
    /** Of what is on the picture, not of the text: an edit that changes nothing to be seen is answered without a scene. */
    readonly revision: string;
}

/** The last picture of each result: a page asks again after every notice, and most of the time nothing has changed. */
const lastDrawn = new WeakMap<Result, Drawn>();

async function drawn(result: Result, view: ViewName, options: SceneOptions): Promise<Drawn> {
    const asked = JSON.stringify([view, options]);
    const known = lastDrawn.get(result);
    if (known?.asked === asked) {
        return known;
    }
    const scene = draw[view](result, options);
    const made = { asked, scene, revision: await revisionOf(JSON.stringify(scene)) };
    lastDrawn.set(result, made);
    return made;
}

/** One entry for each view. */
const draw = {
    strata: (result: Result, options: SceneOptions): Scene => drawStrata(result, result.findings, options),
} as const satisfies Record<ViewName, unknown>;

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
