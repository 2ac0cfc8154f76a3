/** Simulates in this thread: for the command line, where nobody types meanwhile. */
import { type Options, simulate } from '#simulation/simulate.ts';
import { errorText } from './error-text.ts';
import type { Simulator } from './simulation-channel.ts';

export const directSimulator: Simulator = createDirectSimulator();

export function createDirectSimulator(options: Partial<Pick<Options, 'defaultRun'>> = {}): Simulator {
    return {
        simulate: async (topology, token) => {
            const started = performance.now();
            try {
                const result = simulate(topology, { ...options, shouldStop: () => token.isCancellationRequested });
                return result === 'stopped' ? { kind: 'cancelled' } : { kind: 'done', result, milliseconds: performance.now() - started };
            } catch (error) {
                return { kind: 'failed', because: errorText(error) };
            }
        },
        dispose: () => undefined,
    };
}
