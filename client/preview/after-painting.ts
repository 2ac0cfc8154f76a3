/** For what must not keep the reader from seeing what is there already. */

/** A window that nobody sees is not painted. */
const patienceMilliseconds = 100;

/** Once what has changed has been painted; where nothing is, soon. */
export function afterPainting(action: () => void): void {
    let isDone = false;
    const act = (): void => {
        if (!isDone) {
            isDone = true;
            action();
        }
    };
    // The frame is painted right after this; a timer comes after that.
    requestAnimationFrame(() => setTimeout(act));
    setTimeout(act, patienceMilliseconds);
}
