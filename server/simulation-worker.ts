/** The worker thread that runs the core: takes topologies, answers with their results, stops when a newer run is wanted. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Result } from '#simulation/model/result.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { simulate } from '#simulation/simulate.ts';
import { errorText } from './error-text.ts';
import {
    nothingSent,
    packResult,
    type SentElements,
    type SentResults,
    type SimulationAnswer,
    type SimulationOrder,
    sentResults,
    unpackTopology,
    type WorkerData,
    type WorkerMessage,
} from './simulation-messages.ts';

const port = parentPort;
if (port === null) {
    throw new Error('The simulation worker runs as a worker thread only.');
}
/** One number: every run up to it is unwanted. Shared, because a busy thread reads no messages. */
const { stopped } = workerData as WorkerData;

let elements: SentElements = new Map();
let results: SentResults = nothingSent;
/** What an edit leaves as it was need not be run again. */
let previous: Result | undefined;

port.on('message', ({ run, topology: change }: SimulationOrder) => {
    // Of a run that is not wanted as well: the next order says what differs from this one.
    const topology = unpackTopology(change, elements);
    elements = topology.elements;
    port.postMessage(answer(run, topology) satisfies WorkerMessage);
});
port.postMessage({ kind: 'loaded' } satisfies WorkerMessage);

function answer(run: number, topology: Topology): SimulationAnswer {
    const shouldStop = (): boolean => Atomics.load(stopped, 0) >= run;
    if (shouldStop()) {
        return { run, kind: 'cancelled' };
    }
    const started = performance.now();
    try {
        const result = simulate(topology, { shouldStop, previous });
        if (result === 'stopped' || shouldStop()) {
            return { run, kind: 'cancelled' };
        }
        previous = result;
        const milliseconds = performance.now() - started;
        const change = packResult(result, results);
        results = sentResults(result);
        return { run, kind: 'done', result: change, milliseconds };
    } catch (error) {
        if (shouldStop()) {
            return { run, kind: 'cancelled' };
        }
        return { run, kind: 'failed', because: errorText(error) };
    }
}
