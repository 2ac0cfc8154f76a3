/** The preview page: asks for the view it shows, draws it, and passes on what the reader does. */
import type { ExportFormat, PageNotice, PreviewStatus, SceneBox, Target, ViewAnswer, ViewContent, ViewName } from '#server/protocol.ts';
import type { Host } from './host.ts';
import { latestRequest } from './latest-request.ts';
import { type LimitSliders, limitSliders } from './limit-sliders.ts';
import { setText } from './markup.ts';
import { layOutPage, type PageLayout } from './page-layout.ts';
import { limitZoom, optionsOf, type PageState, stateFrom } from './page-state.ts';
import { completeScene, patchScene } from './patch-scene.ts';
import { saveFile } from './save-file.ts';
import { scenePane } from './scene-pane.ts';
import { toolbar } from './toolbar.ts';
import { pageViews } from './views/views.ts';

export function startPage(root: HTMLElement, host: Host): void {
    new Page(root, host).start();
}

const emptyHint = 'No host is described yet. Try: host server { cpu 4 cores  memory 8 GiB  os debian }';
const notInText = 'This is not in the text: the engine added it, or nothing defines it.';

interface Shown {
    /** What makes hardly a box stay as it is where it changes. */
    readonly sight: string;
    readonly content: ViewContent;
    readonly revision: string;
    readonly isPart: boolean;
}

class Page {
    readonly #host: Host;
    readonly #toolbar = toolbar({
        onResource: (resource) => this.#ask({ resource }),
        onShare: (share) => this.#ask({ share }),
        onZoom: (zoom) => this.#zoom(zoom),
        onFind: (text) => this.#pane.find(text),
        onFindNext: () => this.#pane.findNext(),
        onForm: (form) => this.#pane.setForm(form),
        onExport: (format) => void this.#export(format),
        onLock: (locked) => {
            this.#keep({ locked });
            void this.#host.ask({ kind: 'lock', locked });
        },
    });
    readonly #pane = scenePane({
        onChoose: (box, wanted) => this.#choose(box, wanted),
        onLeave: () => this.#select(undefined, 'inside'),
        onMatches: (count) => this.#toolbar.showMatches(count),
        onZoom: (by, at) => this.#zoom(this.#state.zoom * by, at),
        onScroll: (scroll) => this.#keep({ scroll }),
        onResize: () => this.#requests.ask(),
    });
    readonly #views = pageViews({
        choose: (element) => {
            this.#select(element, 'outside');
            void this.#reveal({ kind: 'element', element });
        },
        reveal: (target) => void this.#reveal(target),
        change: (change) => this.#ask(change),
    });
    readonly #sliders: LimitSliders;
    readonly #layout: PageLayout;
    readonly #requests = latestRequest(() => this.#request());
    #state: PageState;
    #shown: Shown | undefined;
    #zooming: ReturnType<typeof setTimeout> | undefined;

    constructor(root: HTMLElement, host: Host) {
        this.#host = host;
        this.#state = stateFrom(host.readState());
        this.#sliders = limitSliders(host);
        this.#pane.scrollLater(this.#state.scroll);
        const { canvas, overview, legend, details } = this.#pane;
        this.#layout = layOutPage(root, {
            toolbar: this.#toolbar.element,
            canvas,
            overview,
            legend,
            details,
            sliders: this.#sliders.element,
            onView: (view) => this.#turnTo(view),
        });
    }

    start(): void {
        this.#pane.select(this.#state.selected, 'inside');
        this.#toolbar.show(this.#state);
        this.#layout.arrange(this.#state.view);
        this.#host.onNotice((notice) => this.#hear(notice));
        this.#requests.ask();
    }

    #hear(notice: PageNotice): void {
        switch (notice.kind) {
            case 'changed':
                this.#requests.ask();
                return;
            case 'select':
                // The cursor moved in the editor: the page follows, and takes no focus.
                this.#select(notice.element, 'outside');
                return;
            case 'scenario':
                this.#keep({ scenario: notice.scenario, at: 0 });
                this.#turnTo('timeline');
                return;
            case 'file':
                this.#toolbar.showFile(notice.name, notice.uri !== undefined);
                this.#keep(notice.uri === undefined ? {} : { file: notice.uri });
                return;
            default:
                notice satisfies never;
        }
    }

    #keep(change: Partial<PageState>): void {
        this.#state = { ...this.#state, ...change };
        this.#host.writeState(this.#state);
    }

    #ask(change: Partial<PageState>): void {
        this.#keep(change);
        this.#toolbar.show(this.#state);
        this.#requests.ask();
    }

    #turnTo(view: ViewName): void {
        this.#layout.arrange(view);
        this.#ask({ view });
    }

    async #request(): Promise<void> {
        const { view } = this.#state;
        const options = optionsOf(this.#state, this.#pane.canvas.clientWidth);
        const sight = JSON.stringify([view, options.resource, options.share, options.width]);
        const shown = this.#shown?.sight === sight ? { known: this.#shown.revision } : { first: this.#pane.firstPart() };
        const answer = await this.#host.ask({ kind: 'view', view, options, ...shown });
        if (answer.kind === 'view') {
            this.#show(answer.answer, sight);
        } else if (answer.kind === 'failed') {
            this.#showStatus({ stale: true, because: answer.message });
        }
    }

    #show(answer: ViewAnswer, sight: string): void {
        const content = this.#contentOf(answer);
        if (content !== undefined && answer.kind !== 'nothing') {
            const isPart = answer.kind === 'view' && answer.more === true;
            this.#shown = { sight, content, revision: answer.revision, isPart };
            this.#layout.showPanel(this.#views(content));
            if ('scene' in content) {
                this.#pane.draw(content.scene, isPart ? 'part' : 'whole');
                this.#pane.say(content.scene.boxes.length === 0 && !isPart ? emptyHint : '');
            }
            if (isPart) {
                this.#requests.ask();
            }
        } else if (answer.kind === 'nothing') {
            this.#pane.say(answer.status.because ?? 'There is nothing to draw yet.');
        }
        this.#sliders.show(this.#state.file === undefined ? undefined : this.#state.selected);
        this.#showStatus(answer.status);
        this.#toolbar.showFindings(answer.status);
    }

    #contentOf(answer: ViewAnswer): ViewContent | undefined {
        const shown = this.#shown?.content;
        if (answer.kind === 'view') {
            const { content } = answer;
            // What follows a part says again what was in it.
            const part = this.#shown?.isPart === true && shown !== undefined && 'scene' in shown ? shown.scene.boxes : [];
            return 'scene' in content ? { ...content, scene: completeScene(part, content.scene) } : content;
        }
        if (answer.kind !== 'patch' || shown === undefined || !('scene' in shown) || !('scene' in answer.content)) {
            return undefined;
        }
        return { ...answer.content, scene: patchScene(shown.scene, answer.content.scene, answer.patch) };
    }

    #showStatus({ stale, because }: Pick<PreviewStatus, 'stale' | 'because'>): void {
        this.#pane.canvas.classList.toggle('stale', stale);
        const words = this.#shown === undefined ? (because ?? '') : `The last good picture is shown. ${because ?? ''}`;
        setText(this.#layout.status, stale ? words : '');
    }

    /** `at` is the point that stays where it is, in pixels from the canvas's left edge. */
    #zoom(wanted: number, at = this.#pane.canvas.clientWidth / 2): void {
        const zoom = limitZoom(wanted);
        const { scrollLeft, scrollTop } = this.#pane.canvas;
        this.#pane.scrollLater({ left: ((scrollLeft + at) * zoom) / this.#state.zoom - at, top: scrollTop });
        this.#keep({ zoom });
        this.#toolbar.show(this.#state);
        if (this.#shown !== undefined && 'scene' in this.#shown.content) {
            const { width, boxes } = this.#shown.content.scene;
            this.#pane.stretch((this.#pane.canvas.clientWidth * zoom) / width);
            clearTimeout(this.#zooming);
            this.#zooming = setTimeout(() => this.#requests.ask(), this.#shown.isPart || boxes.length > largeScene ? zoomMilliseconds : 0);
        }
    }

    /** Views that tell of the selection are asked for anew. */
    #select(element: string | undefined, from: 'inside' | 'outside'): void {
        const { selected, vantage: _, ...rest } = this.#state;
        this.#state = element === undefined ? rest : { ...rest, selected: element };
        this.#keep({});
        this.#pane.select(element, from);
        this.#sliders.show(this.#state.file === undefined ? undefined : element);
        if (selected !== element && this.#state.view !== 'strata' && this.#state.view !== 'checks') {
            this.#requests.ask();
        }
    }

    #choose({ element }: SceneBox, wanted: 'element' | 'definition'): void {
        if (element !== undefined) {
            this.#select(element, 'inside');
            void this.#reveal({ kind: wanted, element });
        }
    }

    async #reveal(target: Target): Promise<void> {
        const answer = await this.#host.ask({ kind: 'reveal', target });
        if (answer.kind === 'failed') {
            setText(this.#layout.status, answer.message);
        } else if (answer.kind === 'revealed') {
            setText(this.#layout.status, answer.found ? '' : notInText);
        }
    }

    async #export(format: ExportFormat): Promise<void> {
        const { view } = this.#state;
        const answer = await this.#host.ask({ kind: 'export', view, options: optionsOf({ ...this.#state, zoom: 1 }, exportWidth), format });
        if (answer.kind === 'failed') {
            setText(this.#layout.status, answer.message);
        } else if (answer.kind === 'exported' && answer.text !== undefined) {
            saveFile(`${view}.${format}`, format === 'svg' ? 'image/svg+xml' : 'text/html', answer.text);
        }
    }
}

/** Of a scene with more boxes, a new layout is asked for when the wheel rests; until then the drawing is stretched. */
const largeScene = 600;
const zoomMilliseconds = 120;
/** As wide as `strata render` draws where nobody says otherwise. */
const exportWidth = 1000;
