/** One request in flight: what is asked meanwhile is asked once more when the answer is there. */

export interface LatestRequest {
    /** Asks now, or again as soon as the running request is answered. */
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
            running = false;
            if (dirty) {
                dirty = false;
                ask();
            }
        });
    };
    return { ask };
}
