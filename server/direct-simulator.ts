/** Simulates in this thread: for the command line, where nobody types meanwhile. */
import { simulate } from '#simulation/simulate.ts';
import { errorText } from './error-text.ts';
import type { Simulator } from './simulation-channel.ts';

export const directSimulator: Simulator = {
    simulate: async (topology, token) => {
        const started = performance.now();
        try {
            const result = simulate(topology, { shouldStop: () => token.isCancellationRequested });
            return result === 'stopped' ? { kind: 'cancelled' } : { kind: 'done', result, milliseconds: performance.now() - started };
        } catch (error) {
            return { kind: 'failed', because: errorText(error) };
        }
    },
    dispose: () => undefined,
};
