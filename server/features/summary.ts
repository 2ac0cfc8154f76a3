/** The topology of a file in a few words, for the status bar: its tightest place, and each host in a line. */
import type { Result } from '#simulation/model/result.ts';
import { tightestUse, usesOf, useText } from '#simulation/model/use.ts';
import { plainName } from '../picture/words.ts';
import { previewStatus } from '../preview-status.ts';
import { type SummaryAnswer, type SummaryParams, summaryRequest } from '../protocol.ts';
import { lastStep } from '../short-path.ts';
import { canonicalUri } from '../sources.ts';
import type { Feature } from './feature.ts';

/** More lines than a tooltip has room for. */
const mostHosts = 12;

export const summary: Feature = {
    name: 'summary',
    register: ({ onRequest, workspace }) => {
        onRequest(summaryRequest, async ({ uri }: SummaryParams, token): Promise<SummaryAnswer> => {
            const file = canonicalUri(uri);
            const analysis = await workspace.analysed(file, token);
            const good = workspace.lastGood(file);
            if (good?.result === undefined) {
                return null;
            }
            const tightest = tightestUse(good.result.elements);
            return {
                status: previewStatus(file, analysis, good),
                ...(tightest !== undefined && { tightest: `${plainName(lastStep(tightest.element))} ${useText(tightest.use)}` }),
                hosts: hostLines(good.result),
            };
        });
    },
};

function hostLines({ topology, elements }: Result): readonly string[] {
    const lines: string[] = [];
    for (const element of topology.elements.values()) {
        if (element.kind === 'host') {
            const uses = usesOf(elements.get(element.id) ?? {}).map(useText);
            lines.push(`${plainName(element.id)}: ${uses.length === 0 ? 'size or demand unknown' : uses.join(' · ')}`);
        }
    }
    return lines.length <= mostHosts ? lines : [...lines.slice(0, mostHosts), `and ${lines.length - mostHosts} more hosts`];
}
