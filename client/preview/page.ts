/** The preview page: asks for the picture, draws it, and passes on what the reader does. */
import type { PageNotice, PreviewStatus, SceneAnswer, SceneOptions } from '#server/protocol.ts';
import { details } from './details.ts';
import type { Host } from './host.ts';
import { keyboardWalk } from './keyboard-walk.ts';
import { latestRequest } from './latest-request.ts';
import { legendNodes } from './legend.ts';
import { setText } from './markup.ts';
import { layOutPage, type PageLayout } from './page-layout.ts';
import { limitZoom, type PageState, stateFrom } from './page-state.ts';
import { picture } from './picture.ts';
import { followPointer } from './pointer.ts';
import { toolbar } from './toolbar.ts';

export function startPage(root: HTMLElement, host: Host): void {
    new Page(root, host).start();
}

const emptyHint = 'No host is described yet. Try: host server { cpu 4 cores  memory 8 GiB  os debian }';
const notInText = 'This element is not in the text: the engine added it.';

class Page {
    readonly #host: Host;
    readonly #picture = picture();
    readonly #details = details();
    readonly #toolbar = toolbar({ onResource: (resource) => this.#ask({ resource }), onZoom: (zoom) => this.#zoom(zoom) });
    readonly #layout: PageLayout;
    readonly #walk = keyboardWalk(this.#picture, {
        onMove: (key) => this.#describe(key),
        onReveal: (key) => void this.#reveal(key),
        onLeave: () => this.#select(undefined),
    });
    readonly #requests = latestRequest(() => this.#request());
    #state: PageState;
    /** What the picture on the page was asked with. */
    #shown: { readonly options: string; readonly revision: string } | undefined;
    /** Where to scroll once the next picture is there. */
    #scroll: PageState['scroll'] | undefined;

    constructor(root: HTMLElement, host: Host) {
        this.#host = host;
        this.#state = stateFrom(host.readState());
        this.#scroll = this.#state.scroll;
        this.#layout = layOutPage(root, { toolbar: this.#toolbar.element, picture: this.#picture.element, details: this.#details.element });
    }

    start(): void {
        const { canvas } = this.#layout;
        this.#picture.select(this.#state.selected);
        this.#toolbar.show(this.#state);
        followPointer(canvas, this.#picture.element, {
            onClick: (target) => this.#click(this.#picture.keyAt(target)),
            onPoint: (target) => this.#describe(this.#picture.keyAt(target) ?? this.#walk.current()),
            onZoom: (by, at) => this.#zoom(this.#state.zoom * by, at),
            onScroll: () => this.#keep({ scroll: { left: canvas.scrollLeft, top: canvas.scrollTop } }),
            onResize: () => this.#requests.ask(),
        });
        this.#host.onNotice((notice) => this.#hear(notice));
        this.#requests.ask();
    }

    #hear(notice: PageNotice): void {
        switch (notice.kind) {
            case 'changed':
                this.#requests.ask();
                return;
            case 'select':
                this.#selectFromEditor(notice.element);
                return;
            case 'file':
                this.#toolbar.showFile(notice.name);
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

    async #request(): Promise<void> {
        const { resource, zoom } = this.#state;
        const options: SceneOptions = { resource, width: Math.max(1, Math.floor(this.#layout.canvas.clientWidth * zoom)) };
        const asked = JSON.stringify(options);
        const known = this.#shown?.options === asked ? { known: this.#shown.revision } : {};
        const answer = await this.#host.ask({ kind: 'scene', view: 'strata', options, ...known });
        if (answer.kind === 'scene') {
            this.#show(answer.answer, asked);
        } else if (answer.kind === 'failed') {
            this.#showStatus({ stale: true, because: answer.message });
        }
    }

    #show(answer: SceneAnswer, asked: string): void {
        if (answer.kind === 'scene') {
            this.#shown = { options: asked, revision: answer.revision };
            this.#picture.draw(answer.scene);
            this.#layout.legend.replaceChildren(...legendNodes(answer.scene));
            this.#walk.refresh();
            this.#describe(this.#walk.current());
            setText(this.#layout.empty, answer.scene.boxes.length === 0 ? emptyHint : '');
            this.#restoreScroll();
        } else if (answer.kind === 'nothing') {
            setText(this.#layout.empty, answer.status.because ?? 'There is nothing to draw yet.');
        }
        this.#showStatus(answer.status);
        this.#toolbar.showFindings(answer.status);
    }

    #showStatus({ stale, because }: Pick<PreviewStatus, 'stale' | 'because'>): void {
        this.#layout.canvas.classList.toggle('stale', stale);
        const words = this.#shown === undefined ? (because ?? '') : `The last good picture is shown. ${because ?? ''}`;
        setText(this.#layout.status, stale ? words : '');
    }

    #restoreScroll(): void {
        if (this.#scroll !== undefined) {
            this.#layout.canvas.scrollTo(this.#scroll);
            this.#scroll = undefined;
        }
    }

    /** `at` is the point that stays where it is, in pixels from the canvas's left edge. */
    #zoom(wanted: number, at = this.#layout.canvas.clientWidth / 2): void {
        const zoom = limitZoom(wanted);
        const { scrollLeft, scrollTop } = this.#layout.canvas;
        this.#scroll = { left: ((scrollLeft + at) * zoom) / this.#state.zoom - at, top: scrollTop };
        this.#ask({ zoom });
    }

    #describe(key: string | undefined): void {
        this.#details.show(key === undefined ? undefined : this.#picture.boxOf(key));
    }

    #select(element: string | undefined): void {
        const { selected: _, ...rest } = this.#state;
        this.#state = element === undefined ? rest : { ...rest, selected: element };
        this.#keep({});
        this.#picture.select(element);
    }

    /** The cursor moved in the editor: the page follows, and takes no focus. */
    #selectFromEditor(element: string | undefined): void {
        this.#select(element);
        const key = element === undefined ? undefined : this.#picture.keyOf(element);
        if (key !== undefined) {
            this.#walk.moveTo(key, 'quiet');
            this.#describe(key);
            this.#picture.nodeOf(key)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        }
    }

    #click(key: string | undefined): void {
        if (key !== undefined) {
            this.#walk.moveTo(key, 'focus');
            void this.#reveal(key);
        }
    }

    async #reveal(key: string): Promise<void> {
        const element = this.#picture.boxOf(key)?.element;
        if (element === undefined) {
            return;
        }
        this.#select(element);
        const answer = await this.#host.ask({ kind: 'reveal', element });
        if (answer.kind === 'failed') {
            setText(this.#layout.status, answer.message);
        } else if (answer.kind === 'revealed' && !answer.found) {
            setText(this.#layout.status, notInText);
        }
    }
}
