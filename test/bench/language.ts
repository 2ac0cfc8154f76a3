/** Times the way from a text to its findings in one thread, stage by stage. */
import { CancellationToken } from 'vscode-languageserver';
import { lower } from '#language/lowering/lower.ts';
import { parseText } from '#language/services.ts';
import { analyse } from '#server/analysis.ts';
import type { Simulator } from '#server/simulation-channel.ts';
import type { Understanding } from '#server/understanding.ts';
import { simulate } from '#simulation/simulate.ts';
import { catalog, services, testUri } from '../helpers/strata.ts';
import { alternate, type Contender, printTable, timed } from './measure.ts';
import { virtualMachinesText } from './topologies.ts';

export async function timeLanguage(machines: number, rounds: number): Promise<void> {
    const text = virtualMachinesText(machines);
    const document = parseText(services, text, testUri);
    const lowered = lower({ documents: [document], catalog });
    const result = simulate(lowered.topology);
    const { topology: _, ...answer } = result;
    const known: Simulator = { simulate: async () => ({ kind: 'done', result, milliseconds: 0 }), dispose: () => undefined };
    const understanding: Understanding = { root: testUri, sources: [], signature: '', lowered, parses: true };
    const contenders: readonly Contender[] = [
        {
            name: 'parse',
            run: () =>
                timed(
                    () => parseText(services, text, testUri),
                    ({ parseResult }) => parseResult.value.items.length,
                ),
        },
        {
            name: 'lower',
            run: () =>
                timed(
                    () => lower({ documents: [document], catalog }),
                    ({ topology }) => topology.elements.size,
                ),
        },
        {
            name: 'simulate',
            run: () =>
                timed(
                    () => simulate(lowered.topology),
                    ({ elements }) => elements.size,
                ),
        },
        {
            name: 'place findings',
            run: async () => {
                const started = performance.now();
                const analysis = await analyse(understanding, known, CancellationToken.None);
                return { milliseconds: performance.now() - started, checksum: analysis?.findings.length ?? 0 };
            },
        },
        {
            name: 'clone the topology',
            run: () =>
                timed(
                    () => structuredClone(lowered.topology),
                    ({ elements }) => elements.size,
                ),
        },
        {
            name: 'clone what the worker sends back',
            run: () =>
                timed(
                    () => structuredClone(answer),
                    ({ elements }) => elements.size,
                ),
        },
    ];
    const lines = text.split('\n').length - 1;
    printTable(`Language: ${lines.toLocaleString('en')} lines, ${machines} VMs with a container each`, await alternate(contenders, rounds));
}
