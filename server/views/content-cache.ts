/** What pages were shown last: asked for again, it is not made again, and what they know already is not sent again. */
import type { FirstPart, Scene, SceneBox, ScenePatch, ViewAnswer, ViewContent, ViewName, ViewOptions } from '../protocol.ts';
import { revisionOf } from '../revision.ts';
import { splicesBetween, textOf } from './scene-splices.ts';
import type { ViewSubject } from './view.ts';
import { contentOf } from './views.ts';

export interface ViewQuestion {
    readonly view: ViewName;
    readonly options: ViewOptions;
    readonly known?: string | undefined;
    readonly first?: FirstPart | undefined;
}

type ContentAnswer = Exclude<ViewAnswer, { readonly kind: 'nothing' }> extends infer Answer ? (Answer extends unknown ? Omit<Answer, 'status'> : never) : never;

interface Made {
    readonly result: object;
    readonly committed: object | undefined;
    readonly asked: string;
    readonly content: ViewContent;
    /** Of what is shown, not of the text: an edit that changes nothing to be seen is answered without a scene. Reckoned once all of it is asked for. */
    revision?: string;
}

/** Several previews look at several files in several ways; each needs the last one that it was given. */
const mostKept = 12;
const kept: Made[] = [];

export const contentCache = {
    async answer(subject: ViewSubject, { view, options, known, first }: ViewQuestion): Promise<ContentAnswer> {
        const made = make(subject, view, options);
        const { content } = made;
        const part = first === undefined ? undefined : firstPartOf(content, first);
        if (part !== undefined) {
            return { kind: 'view', content: part, revision: partRevision, more: true };
        }
        made.revision ??= await revisionOf([JSON.stringify(withoutBoxes(content)), ...(sceneOf(content)?.boxes ?? []).map(textOf)].join('\n'));
        const { revision } = made;
        if (revision === known) {
            return { kind: 'unchanged', revision };
        }
        const before = kept.find((each) => each.revision !== undefined && each.revision === known)?.content;
        const patch = before === undefined ? undefined : patchBetween(before, content);
        return patch === undefined ? { kind: 'view', content, revision } : { kind: 'patch', content: withoutBoxes(content), patch, revision };
    },
};

function make(subject: ViewSubject, view: ViewName, options: ViewOptions): Made {
    const {
        committed,
        analysis: { result },
    } = subject;
    const asked = JSON.stringify([view, options]);
    const place = kept.findIndex((each) => each.result === result && each.committed === committed && each.asked === asked);
    const [known] = place < 0 ? [] : kept.splice(place, 1);
    const made = known ?? { result, committed, asked, content: contentOf(view, subject, options) };
    kept.unshift(made);
    kept.length = Math.min(kept.length, mostKept);
    return made;
}

const sceneOf = (content: ViewContent): Scene | undefined => ('scene' in content ? content.scene : undefined);

function withoutBoxes(content: ViewContent): ViewContent {
    return 'scene' in content ? { ...content, scene: { ...content.scene, boxes: [] } } : content;
}

/** Pictures with more boxes take so long to write, send and draw that the reader would wait for what is out of sight. */
const mostAtOnce = 1500;
/** What a page has of a part is never the whole, so nothing is unchanged against it. */
const partRevision = 'part';

/** Nothing of what is small enough to be sent at once. */
function firstPartOf(content: ViewContent, { box: wanted, left, top, right, bottom }: FirstPart): ViewContent | undefined {
    if (!('scene' in content) || content.scene.boxes.length <= mostAtOnce) {
        return undefined;
    }
    const isNear = ({ x, y, width, height }: SceneBox): boolean => x < right && x + width > left && y < bottom && y + height > top;
    return { ...content, scene: { ...content.scene, boxes: content.scene.boxes.filter((box) => isNear(box) || box.key === wanted) } };
}

/** Nothing where a patch would say as much as the picture itself. */
function patchBetween(before: ViewContent, after: ViewContent): ScenePatch | undefined {
    const [from, to] = [sceneOf(before)?.boxes, sceneOf(after)?.boxes];
    if (from === undefined || to === undefined || before.view !== after.view) {
        return undefined;
    }
    const patch = splicesBetween(from, to);
    const sent = patch.reduce((sum, { boxes }) => sum + boxes.length, 0);
    return sent > to.length / 2 ? undefined : patch;
}
