/** What mouse, wheel and window do to the picture. */

export interface PointerListeners {
    /** With Ctrl or Cmd, where the figures come from is wanted. */
    readonly onClick: (event: MouseEvent, wanted: 'element' | 'definition') => void;
    /** The pointer moves over the picture, or has left it. A picture that scrolls away under it is not pointed at. */
    readonly onPoint: (event: MouseEvent | undefined) => void;
    /** Factor, and the point that should stay where it is, in pixels from the canvas's left edge. */
    readonly onZoom: (by: number, at: number) => void;
    /** Something scrolled, or the window has another size. */
    readonly onLook: () => void;
    readonly onScroll: () => void;
    readonly onResize: () => void;
}

/** A window that is being dragged changes its width many times a second. */
const resizeMilliseconds = 80;
const scrollMilliseconds = 150;
const wheelZoom = 1.15;

export function followPointer(canvas: HTMLElement, picture: SVGSVGElement, { onClick, onPoint, onZoom, onLook, onScroll, onResize }: PointerListeners): void {
    picture.addEventListener('click', (event) => onClick(event, event.ctrlKey || event.metaKey ? 'definition' : 'element'));
    picture.addEventListener('pointermove', onPoint);
    picture.addEventListener('pointerleave', () => onPoint(undefined));
    // Scrolling does not bubble, and it need not be the canvas that scrolls.
    document.addEventListener('scroll', onLook, { capture: true, passive: true });
    new ResizeObserver(onLook).observe(canvas);
    canvas.addEventListener('scroll', debounced(onScroll, scrollMilliseconds));
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
    new ResizeObserver(debounced(onResize, resizeMilliseconds)).observe(canvas);
}

function debounced(action: () => void, milliseconds: number): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    return () => {
        clearTimeout(timer);
        timer = setTimeout(action, milliseconds);
    };
}
