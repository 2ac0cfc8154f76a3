/** What a process holds, as a measured server tells it. */

export const measureRequest = 'test/measure';

export interface Holdings {
    /** Bytes in use after a collection. */
    readonly heap: number;
    /** What keeps its event loop busy, timers aside: those come and go. */
    readonly handles: readonly string[];
    /** Open file descriptors; 0 where the system does not list them. */
    readonly files: number;
}
