/** A simulation worker for tests that never answers; on `exit` in a host's name it dies instead. */
import { parentPort } from 'node:worker_threads';
import type { SimulationOrder, WorkerMessage } from '#server/simulation-messages.ts';

parentPort?.on('message', ({ topology }: SimulationOrder) => {
    if (topology.elements.changed.some(([id]) => id === 'exit')) {
        process.exit(3);
    }
    for (;;) {
        // Busy for ever: it reads no messages and looks at no flag.
    }
});
parentPort?.postMessage({ kind: 'loaded' } satisfies WorkerMessage);
