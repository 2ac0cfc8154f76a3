/** Analyses one text from scratch, in this thread: what the server's way there is held against. */
import { CancellationToken } from 'vscode-languageserver';
import { type Analysis, analyse } from '#server/analysis.ts';
import { directSimulator } from '#server/direct-simulator.ts';
import type { FixInput } from '#server/fixes/fix.ts';
import { createSources, isReadable } from '#server/sources.ts';
import { groupSources, understand } from '#server/understanding.ts';
import { services } from './strata.ts';

export async function analyseText(uri: string, text: string): Promise<{ readonly analysis: Analysis; readonly sourceOf: FixInput['sourceOf'] }> {
    const sources = createSources(services, () => ({ kind: 'unreadable', because: 'There is one text.' }));
    sources.open(uri, 1, text);
    const [set] = groupSources(sources, [uri]);
    const analysis = set && (await analyse(understand(services, set), directSimulator, CancellationToken.None));
    if (analysis === undefined) {
        throw new Error('Nothing came of the text.');
    }
    return {
        analysis,
        sourceOf: (wanted) => {
            const source = sources.get(wanted);
            return isReadable(source) ? source : undefined;
        },
    };
}
