/** The worker thread that runs the core: takes a topology, answers with its result, stops when a newer run is wanted. */
import { parentPort, workerData } from 'node:worker_threads';
import { simulate } from '#simulation/simulate.ts';
import { errorText } from './error-text.ts';
import type { SimulationAnswer, SimulationOrder, WorkerData, WorkerMessage } from './simulation-channel.ts';

const port = parentPort;
if (port === null) {
    throw new Error('The simulation worker runs as a worker thread only.');
}
/** One number: every run up to it is unwanted. Shared, because a busy thread reads no messages. */
const { stopped } = workerData as WorkerData;

port.on('message', ({ run, topology }: SimulationOrder) => {
    port.postMessage(answer(run, topology) satisfies WorkerMessage);
});
port.postMessage({ kind: 'loaded' } satisfies WorkerMessage);

function answer(run: number, topology: SimulationOrder['topology']): SimulationAnswer {
    const shouldStop = (): boolean => Atomics.load(stopped, 0) >= run;
    if (shouldStop()) {
        return { run, kind: 'cancelled' };
    }
    const started = performance.now();
    try {
        const result = simulate(topology, { shouldStop });
        if (result === 'stopped' || shouldStop()) {
            return { run, kind: 'cancelled' };
        }
        const { topology: _, ...computed } = result;
        return { run, kind: 'done', result: computed, milliseconds: performance.now() - started };
    } catch (error) {
        if (shouldStop()) {
            return { run, kind: 'cancelled' };
        }
        return { run, kind: 'failed', because: errorText(error) };
    }
}
