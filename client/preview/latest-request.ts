/** One request in flight: what is asked meanwhile is asked once more when the answer is there. */
import { afterPainting } from './after-painting.ts';

export interface LatestRequest {
    /** Asks now, or again as soon as the running request is answered and its answer can be seen. */
    readonly ask: () => void;
}

/** `run` must not reject. */
export function latestRequest(run: () => Promise<void>): LatestRequest {
    let running = false;
    let dirty = false;
    const ask = (): void => {
        if (running) {
            dirty = true;
            return;
        }
        running = true;
        void run().finally(() => {
            if (dirty) {
                afterPainting(() => {
                    running = false;
                    dirty = false;
                    ask();
                });
            } else {
                running = false;
            }
        });
    };
    return { ask };
}
