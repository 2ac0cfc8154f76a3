/** The worker channel always comes to an answer: done, cancelled, late or failed, and the next run works. */
import { fileURLToPath } from 'node:url';
import { EmptyFileSystem } from 'langium';
import { afterEach, expect, test } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-languageserver';
import { loadCatalog } from '#language/catalog.ts';
import { lower } from '#language/lowering/lower.ts';
import { createStrataServices, parseText } from '#language/services.ts';
import { createWorkerSimulator, type Simulator, type SimulatorOptions } from '#server/simulation-channel.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { simulate } from '#simulation/simulate.ts';

const services = createStrataServices(EmptyFileSystem);
const topologyOf = (text: string): Topology => lower({ documents: [parseText(services, text, 'file:///a.strata')], catalog: loadCatalog(services) }).topology;
const host = topologyOf('host a { cpu 4 cores  memory 8 GiB  os debian  process p { cpu 1 core } }');
const stubborn = fileURLToPath(new URL('workers/stubborn-worker.ts', import.meta.url));

const simulators: Simulator[] = [];
function start(options: Partial<SimulatorOptions> = {}): Simulator {
    const simulator = createWorkerSimulator(options);
    simulators.push(simulator);
    return simulator;
}
afterEach(() => {
    for (const simulator of simulators.splice(0)) {
        simulator.dispose();
    }
});

test('a topology crosses to the worker and its result comes back', async () => {
    const outcome = await start().simulate(host, CancellationToken.None);
    expect(outcome.kind === 'done' ? [...outcome.result.elements.keys()] : outcome).toEqual(['a', 'a.p']);
});

test('runs that wait are answered in their order', async () => {
    const simulator = start();
    const outcomes = await Promise.all([1, 2, 3].map(() => simulator.simulate(host, CancellationToken.None)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
});

test('each result is that of its own topology, whatever was sent before it', async () => {
    const texts = [
        'host a { cpu 4 cores  memory 8 GiB  os debian  process p { cpu 1 core } }',
        'host a { cpu 4 cores  memory 8 GiB  os debian  process p { cpu 2 cores } }',
        'host b { cpu 4 cores  memory 8 GiB  os debian }\nhost a { cpu 4 cores  memory 8 GiB  os debian  process p { cpu 2 cores } }',
        'host a { cpu 4 cores  memory 8 GiB  os debian  engine docker-desktop { container c { process p { cpu 1 core } } } }',
        '',
        'host b { cpu 1 core  memory 1 GiB }',
    ];
    const simulator = start();
    for (const topology of [...texts, ...texts.toReversed()].map(topologyOf)) {
        const outcome = await simulator.simulate(topology, CancellationToken.None);
        expect(outcome.kind === 'done' ? outcome.result : outcome).toEqual(simulate(topology));
    }
});

test('after a run that was given up half way, the next one knows what changed since', async () => {
    const simulator = start();
    const [first, second, third] = ['1 core', '2 cores', '3 cores'].map((cpu) =>
        topologyOf(`host a { cpu 4  memory 8 GiB  os debian  process p { cpu ${cpu} } }`),
    );
    if (first === undefined || second === undefined || third === undefined) {
        throw new Error('There are three.');
    }
    await simulator.simulate(first, CancellationToken.None);
    const cancel = new CancellationTokenSource();
    const unwanted = simulator.simulate(second, cancel.token);
    // Once it is on its way.
    await Promise.resolve().then(() => cancel.cancel());
    expect((await unwanted).kind).toBe('cancelled');
    const outcome = await simulator.simulate(third, CancellationToken.None);
    expect(outcome.kind === 'done' ? outcome.result : outcome).toEqual(simulate(third));
});

test('a run that was cancelled before its turn is not begun', async () => {
    const cancel = new CancellationTokenSource();
    const simulator = start();
    const first = simulator.simulate(host, CancellationToken.None);
    const second = simulator.simulate(host, cancel.token);
    cancel.cancel();
    expect((await first).kind).toBe('done');
    expect((await second).kind).toBe('cancelled');
});

test('a worker that does not listen is replaced after a grace', async () => {
    const cancel = new CancellationTokenSource();
    const simulator = start({ workerFile: stubborn, graceSeconds: 0.05 });
    const outcome = simulator.simulate(host, cancel.token);
    setTimeout(() => cancel.cancel(), 50);
    expect((await outcome).kind).toBe('cancelled');
});

test('a run that is cancelled while the worker still loads ends soon, and leaves that worker to the next', async () => {
    const cancel = new CancellationTokenSource();
    const simulator = start({ graceSeconds: 0 });
    const outcome = simulator.simulate(host, cancel.token);
    const next = simulator.simulate(host, CancellationToken.None);
    await Promise.resolve();
    cancel.cancel();
    expect((await outcome).kind).toBe('cancelled');
    expect((await next).kind).toBe('done');
});

test('a simulator that was disposed, even while its worker loads, cancels what waits and what is asked later', async () => {
    const simulator = start();
    const waiting = simulator.simulate(host, CancellationToken.None);
    const queued = simulator.simulate(host, CancellationToken.None);
    await Promise.resolve();
    simulator.dispose();
    expect((await Promise.all([waiting, queued])).map(({ kind }) => kind)).toEqual(['cancelled', 'cancelled']);
    expect((await simulator.simulate(host, CancellationToken.None)).kind).toBe('cancelled');
});

test('a run that takes too long is given up, with the time it was given', async () => {
    expect(await start({ workerFile: stubborn, timeoutSeconds: 0.2 }).simulate(host, CancellationToken.None)).toEqual({ kind: 'late', seconds: 0.2 });
});

test('a worker that dies is a failure, and the next run has a new one', async () => {
    const simulator = start({ workerFile: stubborn, timeoutSeconds: 5 });
    const doomed = topologyOf('host exit { cpu 1 core  memory 1 GiB  os debian }');
    expect(await simulator.simulate(doomed, CancellationToken.None)).toMatchObject({ kind: 'failed', because: expect.stringContaining('code 3') });
    expect(await simulator.simulate(doomed, CancellationToken.None)).toMatchObject({ kind: 'failed' });
});

test('what can not be handed to a worker is a failure, and the next run works', async () => {
    const simulator = start();
    const uncopied = { ...host, policies: [() => undefined] } as unknown as Topology;
    expect(await simulator.simulate(uncopied, CancellationToken.None)).toMatchObject({ kind: 'failed' });
    expect((await simulator.simulate(host, CancellationToken.None)).kind).toBe('done');
});

test('a worker file that is not there is a failure, not a hang', async () => {
    expect(await start({ workerFile: `${stubborn}.gone.js` }).simulate(host, CancellationToken.None)).toMatchObject({ kind: 'failed' });
});
