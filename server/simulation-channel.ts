/** Runs simulations in a worker thread: one at a time, given up when unwanted, late or dead, and never a hang for who waits. */
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CancellationToken } from 'vscode-languageserver';
import { complete } from '#simulation/model/complete.ts';
import type { Result } from '#simulation/model/result.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { errorText } from './error-text.ts';
import {
    nothingSent,
    packTopology,
    type SentElements,
    type SentResults,
    type SimulationAnswer,
    type SimulationOrder,
    sentResults,
    unpackResult,
    type WorkerData,
    type WorkerMessage,
} from './simulation-messages.ts';

export type SimulationOutcome =
    | { readonly kind: 'done'; readonly result: Result; readonly milliseconds: number }
    | { readonly kind: 'cancelled' }
    /** A bug in the core, or a worker that died. */
    | { readonly kind: 'failed'; readonly because: string }
    | { readonly kind: 'late'; readonly seconds: number };

/** Never rejects: what went wrong is an outcome. */
export interface Simulator {
    readonly simulate: (topology: Topology, token: CancellationToken) => Promise<SimulationOutcome>;
    readonly dispose: () => void;
}

export interface SimulatorOptions {
    /** After this time a run is given up and its worker replaced. */
    readonly timeoutSeconds: number;
    /** After an order to stop, the core has this long to notice before its worker is replaced. */
    readonly graceSeconds: number;
    readonly workerFile: string;
}

/** What a run makes is soon thrown away. Left alone, V8 keeps 134 MB for it once a large topology was there, and is no faster. */
const youngMegabytes = 48;

/** Beside this file: in the bundle its CommonJS sibling (where `import.meta` is empty), else the source. */
function defaultWorkerFile(): string {
    const own = import.meta.filename as string | undefined;
    return own === undefined ? join(__dirname, 'simulation-worker.cjs') : join(dirname(own), 'simulation-worker.ts');
}

export function createWorkerSimulator(given: Partial<SimulatorOptions> = {}): Simulator {
    const options: SimulatorOptions = { timeoutSeconds: 30, graceSeconds: 0.5, workerFile: defaultWorkerFile(), ...given };
    return new WorkerSimulator(options);
}

interface Thread {
    readonly worker: Worker;
    isLoaded: boolean;
    /** What it was sent last, and has sent last. */
    elements: SentElements;
    results: SentResults;
}

interface Waiting {
    readonly run: number;
    readonly topology: Topology;
    readonly settle: (outcome: SimulationOutcome) => void;
}

class WorkerSimulator implements Simulator {
    readonly #options: SimulatorOptions;
    readonly #stopped = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    #thread: Thread | undefined;
    #isDisposed = false;
    #waiting: Waiting | undefined;
    #lastRun = 0;
    /** Runs are done one after the other; each waits for this. */
    #queue: Promise<unknown> = Promise.resolve();

    constructor(options: SimulatorOptions) {
        this.#options = options;
    }

    simulate(topology: Topology, token: CancellationToken): Promise<SimulationOutcome> {
        const outcome = this.#queue.then(() => this.#runWanted(topology, token));
        this.#queue = outcome;
        return outcome;
    }

    dispose(): void {
        this.#isDisposed = true;
        this.#replaceWorker();
        this.#settle({ kind: 'cancelled' });
    }

    async #runWanted(topology: Topology, token: CancellationToken): Promise<SimulationOutcome> {
        if (token.isCancellationRequested || this.#isDisposed) {
            return { kind: 'cancelled' };
        }
        try {
            return await this.#run(topology, token);
        } catch (error) {
            // No thread could be had, or the order could not be copied to it.
            const failed = { kind: 'failed', because: errorText(error) } as const;
            this.#giveUp(failed);
            return failed;
        }
    }

    #run(topology: Topology, token: CancellationToken): Promise<SimulationOutcome> {
        const thread = this.#thread ?? this.#start();
        this.#lastRun += 1;
        const run = this.#lastRun;
        return new Promise((resolve) => {
            let grace: NodeJS.Timeout | undefined;
            const { timeoutSeconds, graceSeconds } = this.#options;
            const watchdog = setTimeout(() => this.#giveUp({ kind: 'late', seconds: timeoutSeconds }), timeoutSeconds * 1000);
            const unwanted = token.onCancellationRequested(() => {
                Atomics.store(this.#stopped, 0, run);
                // A worker that still loads has not begun; it will skip the order when it reads it.
                grace = setTimeout(() => (thread.isLoaded ? this.#giveUp({ kind: 'cancelled' }) : this.#settle({ kind: 'cancelled' })), graceSeconds * 1000);
            });
            this.#waiting = {
                run,
                topology,
                settle: (outcome) => {
                    clearTimeout(watchdog);
                    clearTimeout(grace);
                    unwanted.dispose();
                    resolve(token.isCancellationRequested ? { kind: 'cancelled' } : outcome);
                },
            };
            thread.worker.postMessage({ run, topology: packTopology(topology, thread.elements) } satisfies SimulationOrder);
            thread.elements = topology.elements;
        });
    }

    #start(): Thread {
        const worker = new Worker(this.#options.workerFile, {
            workerData: { stopped: this.#stopped } satisfies WorkerData,
            resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
        });
        const thread: Thread = { worker, isLoaded: false, elements: new Map(), results: nothingSent };
        worker.on('message', (message: WorkerMessage) => {
            if (message.kind === 'loaded') {
                thread.isLoaded = true;
                if (this.#thread !== thread) {
                    void worker.terminate();
                }
            } else {
                this.#receive(message, thread);
            }
        });
        const lost = (because: string): void => {
            if (this.#thread === thread) {
                this.#giveUp({ kind: 'failed', because });
            }
        };
        worker.on('error', (error) => lost(errorText(error)));
        worker.on('exit', (code) => lost(`the simulation worker ended with code ${code}`));
        // An idle worker does not keep the process alive.
        worker.unref();
        this.#thread = thread;
        return thread;
    }

    /** Also of a run that nobody waits for any more, whose result the next one may build on. */
    #receive(answer: SimulationAnswer, thread: Thread): void {
        const result = answer.kind === 'done' ? unpackResult(answer.result, thread.results) : undefined;
        thread.results = result === undefined ? thread.results : sentResults(result);
        const waiting = this.#waiting;
        if (waiting === undefined || answer.run !== waiting.run) {
            return;
        }
        if (answer.kind === 'done' && result !== undefined) {
            // Completing is what the core does first, so the topology is the one that was computed.
            this.#settle({ kind: 'done', milliseconds: answer.milliseconds, result: { topology: complete(waiting.topology), ...result } });
        } else if (answer.kind !== 'done') {
            this.#settle(answer);
        }
    }

    #giveUp(outcome: SimulationOutcome): void {
        this.#replaceWorker();
        this.#settle(outcome);
    }

    /** A thread is never ended in the midst of loading its modules, where native code is at work in it, but as soon as it has loaded. */
    #replaceWorker(): void {
        const thread = this.#thread;
        this.#thread = undefined;
        if (thread?.isLoaded === true) {
            void thread.worker.terminate();
        }
    }

    #settle(outcome: SimulationOutcome): void {
        const waiting = this.#waiting;
        this.#waiting = undefined;
        waiting?.settle(outcome);
    }
}
