/** What pages were shown last: asked for again, it is not made again, and what they know already is not sent again. */
import type { Scene, SceneBox, ScenePatch, ViewAnswer, ViewContent, ViewName, ViewOptions } from '../protocol.ts';
import { revisionOf } from '../revision.ts';
import type { ViewSubject } from './view.ts';
import { contentOf } from './views.ts';

export interface ViewQuestion {
    readonly view: ViewName;
    readonly options: ViewOptions;
    readonly known?: string | undefined;
}

type ContentAnswer = Exclude<ViewAnswer, { readonly kind: 'nothing' }> extends infer Answer ? (Answer extends unknown ? Omit<Answer, 'status'> : never) : never;

interface Made {
    readonly result: object;
    readonly committed: object | undefined;
    readonly asked: string;
    readonly content: ViewContent;
    /** Of what is shown, not of the text: an edit that changes nothing to be seen is answered without a scene. */
    readonly revision: string;
}

/** Several previews look at several files in several ways; each needs the last one that it was given. */
const mostKept = 12;
const made: Made[] = [];

export const contentCache = {
    async answer(subject: ViewSubject, { view, options, known }: ViewQuestion): Promise<ContentAnswer> {
        const { content, revision } = await make(subject, view, options);
        if (revision === known) {
            return { kind: 'unchanged', revision };
        }
        const before = made.find((each) => each.revision === known)?.content;
        const patch = before === undefined ? undefined : patchBetween(before, content);
        return patch === undefined ? { kind: 'view', content, revision } : { kind: 'patch', content: withoutBoxes(content), patch, revision };
    },
};

async function make(subject: ViewSubject, view: ViewName, options: ViewOptions): Promise<Made> {
    const {
        committed,
        analysis: { result },
    } = subject;
    const asked = JSON.stringify([view, options]);
    const place = made.findIndex((each) => each.result === result && each.committed === committed && each.asked === asked);
    const known = made[place];
    if (known !== undefined) {
        made.splice(place, 1);
        made.unshift(known);
        return known;
    }
    const content = contentOf(view, subject, options);
    const words = [JSON.stringify(withoutBoxes(content)), ...(sceneOf(content)?.boxes ?? []).map(textOf)].join('\n');
    const next = { result, committed, asked, content, revision: await revisionOf(words) };
    made.unshift(next);
    made.length = Math.min(made.length, mostKept);
    return next;
}

/** Written once: for the revision, and for what differs from the scene before and from the one after. */
const texts = new WeakMap<SceneBox, string>();

function textOf(box: SceneBox): string {
    const text = texts.get(box) ?? JSON.stringify(box);
    texts.set(box, text);
    return text;
}

const sceneOf = (content: ViewContent): Scene | undefined => ('scene' in content ? content.scene : undefined);

function withoutBoxes(content: ViewContent): ViewContent {
    return 'scene' in content ? { ...content, scene: { ...content.scene, boxes: [] } } : content;
}

/** Nothing where a patch would say as much as the picture itself. */
function patchBetween(before: ViewContent, after: ViewContent): ScenePatch | undefined {
    const [from, to] = [sceneOf(before)?.boxes, sceneOf(after)?.boxes];
    if (from === undefined || to === undefined || before.view !== after.view) {
        return undefined;
    }
    const known = new Map(from.map((box) => [box.key, textOf(box)]));
    const boxes = to.filter((box) => known.get(box.key) !== textOf(box));
    if (boxes.length > to.length / 2) {
        return undefined;
    }
    return isSameOrder(from, to) ? { boxes } : { boxes, order: to.map(({ key }) => key) };
}

function isSameOrder(from: readonly SceneBox[], to: readonly SceneBox[]): boolean {
    return from.length === to.length && from.every(({ key }, place) => key === to[place]?.key);
}
