/** The preview page: asks for the picture, draws it, and passes on what the reader does. */
import type { PageNotice, PictureResource, PreviewStatus, SceneAnswer } from '#server/protocol.ts';
import { details } from './details.ts';
import type { Host } from './host.ts';
import { keyboardWalk, walkHelp } from './keyboard-walk.ts';
import { latestRequest } from './latest-request.ts';
import { legendNodes } from './legend.ts';
import { htmlNode, setText } from './markup.ts';
import { limitZoom, type PageState, stateFrom } from './page-state.ts';
import { picture } from './picture.ts';
import { toolbar } from './toolbar.ts';

/** A window that is being dragged changes its width many times a second. */
const resizeMilliseconds = 80;
const wheelZoom = 1.15;

export function startPage(root: HTMLElement, host: Host): void {
    let state = stateFrom(host.readState());
    /** What the picture on the page was asked with. */
    let shown: { readonly options: string; readonly revision: string } | undefined;
    let scrollToRestore: PageState['scroll'] | undefined = state.scroll;

    const drawing = picture();
    const facts = details();
    const status = htmlNode('p', { class: 'status', role: 'status' });
    const empty = htmlNode('p', { class: 'empty' }, 'Loading …');
    const legend = htmlNode('ul', { class: 'legend', 'aria-label': 'Legend' });
    const help = htmlNode('p', { class: 'hidden', id: 'walk-help' }, walkHelp);
    const canvas = htmlNode('main', { class: 'canvas' }, empty, drawing.element);
    drawing.element.setAttribute('aria-describedby', help.id);

    const update = (change: Partial<PageState>): void => {
        state = { ...state, ...change };
        host.writeState(state);
        controls.show(state);
    };
    const changeView = (change: { readonly resource?: PictureResource; readonly zoom?: number }): void => {
        update(change);
        requests.ask();
    };
    const controls = toolbar({ onResource: (resource) => changeView({ resource }), onZoom: (zoom) => zoomTo(zoom) });
    const zoomTo = (zoom: number, at = canvas.clientWidth / 2): void => {
        const next = limitZoom(zoom);
        const ratio = next / state.zoom;
        scrollToRestore = { left: (canvas.scrollLeft + at) * ratio - at, top: canvas.scrollTop };
        changeView({ zoom: next });
    };

    const select = (element: string | undefined): void => {
        const { selected: _, ...rest } = state;
        state = element === undefined ? rest : { ...rest, selected: element };
        host.writeState(state);
        drawing.select(element);
    };
    const reveal = async (key: string): Promise<void> => {
        const element = drawing.boxOf(key)?.element;
        if (element === undefined) {
            return;
        }
        select(element);
        const answer = await host.ask({ kind: 'reveal', element });
        if (answer.kind === 'failed') {
            setText(status, answer.message);
        } else if (answer.kind === 'revealed') {
            setText(status, answer.found ? '' : 'This element is not in the text: the engine added it.');
        }
    };
    const walk = keyboardWalk(drawing, {
        onMove: (key) => facts.show(drawing.boxOf(key)),
        onReveal: (key) => void reveal(key),
        onLeave: () => select(undefined),
    });

    const requests = latestRequest(async () => {
        const options = { resource: state.resource, width: Math.max(1, Math.floor(canvas.clientWidth * state.zoom)) };
        const asked = JSON.stringify(options);
        const known = shown?.options === asked ? { known: shown.revision } : {};
        const answer = await host.ask({ kind: 'scene', view: 'strata', options, ...known });
        if (answer.kind === 'failed') {
            showStatus({ stale: true, because: answer.message, errors: 0, warnings: 0 });
        } else if (answer.kind === 'scene') {
            show(answer.answer, asked);
        }
    });
    const show = (answer: SceneAnswer, asked: string): void => {
        if (answer.kind === 'scene') {
            shown = { options: asked, revision: answer.revision };
            drawing.draw(answer.scene);
            legend.replaceChildren(...legendNodes(answer.scene));
            walk.refresh();
            facts.show(drawing.boxOf(walk.current() ?? ''));
            setText(empty, answer.scene.boxes.length === 0 ? 'No host is described yet. Try: host server { cpu 4 cores  memory 8 GiB  os debian }' : '');
            restoreScroll();
        } else if (answer.kind === 'nothing') {
            setText(empty, answer.status.because ?? 'There is nothing to draw yet.');
        }
        showStatus(answer.status);
        controls.showFindings(answer.status);
    };
    const showStatus = ({ stale, because }: PreviewStatus): void => {
        canvas.classList.toggle('stale', stale);
        setText(status, stale ? `The last good picture is shown. ${because ?? ''}` : '');
    };
    const restoreScroll = (): void => {
        if (scrollToRestore !== undefined) {
            canvas.scrollTo(scrollToRestore);
            scrollToRestore = undefined;
        }
    };

    const hear = (notice: PageNotice): void => {
        switch (notice.kind) {
            case 'changed':
                requests.ask();
                return;
            case 'select':
                selectFromEditor(notice.element);
                return;
            case 'file':
                controls.showFile(notice.name);
                return;
            default:
                notice satisfies never;
        }
    };
    const selectFromEditor = (element: string | undefined): void => {
        select(element);
        const key = element === undefined ? undefined : drawing.keyOf(element);
        if (key !== undefined) {
            walk.moveTo(key, 'quiet');
            facts.show(drawing.boxOf(key));
            drawing.nodeOf(key)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        }
    };

    root.append(controls.element, status, canvas, legend, facts.element, help);
    drawing.select(state.selected);
    controls.show(state);
    listen({
        canvas,
        drawing: drawing.element,
        onClick: (target) => clicked(target),
        onPoint: (target) => pointed(target),
        onZoom: (by, at) => zoomTo(state.zoom * by, at),
        onScroll: (scroll) => update({ scroll }),
    });
    const clicked = (target: EventTarget | null): void => {
        const key = drawing.keyAt(target);
        if (key !== undefined) {
            walk.moveTo(key, 'focus');
            void reveal(key);
        }
    };
    const pointed = (target: EventTarget | null): void => facts.show(drawing.boxOf(drawing.keyAt(target) ?? walk.current() ?? ''));
    host.onNotice(hear);
    new ResizeObserver(debounced(requests.ask, resizeMilliseconds)).observe(canvas);
    requests.ask();
}

interface Listening {
    readonly canvas: HTMLElement;
    readonly drawing: SVGSVGElement;
    readonly onClick: (target: EventTarget | null) => void;
    readonly onPoint: (target: EventTarget | null) => void;
    readonly onZoom: (by: number, at: number) => void;
    readonly onScroll: (scroll: PageState['scroll']) => void;
}

function listen({ canvas, drawing, onClick, onPoint, onZoom, onScroll }: Listening): void {
    drawing.addEventListener('click', (event) => onClick(event.target));
    drawing.addEventListener('pointerover', (event) => onPoint(event.target));
    canvas.addEventListener(
        'scroll',
        debounced(() => onScroll({ left: canvas.scrollLeft, top: canvas.scrollTop }), 150),
    );
    canvas.addEventListener(
        'wheel',
        (event) => {
            if (event.ctrlKey) {
                event.preventDefault();
                onZoom(event.deltaY < 0 ? wheelZoom : 1 / wheelZoom, event.clientX - canvas.getBoundingClientRect().left);
            }
        },
        { passive: false },
    );
}

function debounced(action: () => void, milliseconds: number): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    return () => {
        clearTimeout(timer);
        timer = setTimeout(action, milliseconds);
    };
}
