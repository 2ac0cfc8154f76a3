/** The tool `explain`: why an element gets what it gets, what stands between two workloads, what a finding's code means. */
import * as z from 'zod';
import { wallsBetween } from '#simulation/isolation/boundaries.ts';
import { controlGraph } from '#simulation/isolation/reach/control-graph.ts';
import { easiestWay } from '#simulation/isolation/reach/reach.ts';
import { elementId, type InstanceSet } from '#simulation/model/ids.ts';
import { indexTopology, type TopologyIndex } from '#simulation/model/topology-index.ts';
import { checkOf } from '../../check-page.ts';
import { CannotWork } from '../../cli/cannot-work.ts';
import { selectElement } from '../../cli/select-element.ts';
import { selectInstances, writtenPath } from '../../cli/select-instances.ts';
import { explainElement } from '../../explain/element.ts';
import { codeSpan, escapeMarkdown } from '../../explain/markdown.ts';
import { declaredPath } from '../../json/instances.ts';
import { type ReadingRoom, type SourceInput, sourceInput } from '../reading-room.ts';
import { mcpTool } from '../tool.ts';

export const explainTool = mcpTool({
    name: 'explain',
    title: 'Explain a figure, a wall or a finding',
    description:
        'With `code`: what a finding of that code means and how to mend it. With `path`: where the CPU and memory of an element come from, and what bounds them. With `path` and `other`: the wall between two workloads, and what reaches the other through which mistake.',
    input: z.object({
        ...sourceInput,
        code: z.string().optional().describe('The code of a finding, as in `memory-capacity`; needs no file.'),
        path: z.string().optional().describe('An element, as in `rack1.docker.web` or `web`.'),
        other: z.string().optional().describe('With `path`: another element.'),
    }),
    output: z.object({ markdown: z.string() }),
    work: async ({ code, path, other, ...source }, room) => {
        if ((code === undefined) === (path === undefined)) {
            throw new CannotWork('give either "code", or "path" with a file or text');
        }
        return { markdown: code !== undefined ? explainCode(code) : await explainPath(path ?? '', other, source, room) };
    },
});

function explainCode(code: string): string {
    const check = checkOf(code);
    if (check === undefined) {
        throw new CannotWork(`no finding has the code ${code}; \`check\` names the codes of what it finds`);
    }
    return `**${check.title}.** *${check.severity}*\n\n${check.explanation}`;
}

async function explainPath(path: string, other: string | undefined, source: SourceInput, room: ReadingRoom): Promise<string> {
    const { analysis } = await room.analyse(source);
    const { result } = analysis;
    if (result === undefined) {
        throw new CannotWork(analysis.findings[0]?.message ?? 'nothing came of it');
    }
    if (other === undefined) {
        return explainElement(elementId(declaredPath(selectElement(analysis.lowered.topology, result, path))), result, wordsAlone);
    }
    const index = indexTopology(result.topology);
    return explainBetween(index, selectInstances(result.topology, path), selectInstances(result.topology, other));
}

/** An agent has no editor in which a link could lead anywhere. */
const wordsAlone = {
    element: (id: string, shown = id) => codeSpan(shown),
    statement: (_id: string, _key: string, words: string) => escapeMarkdown(words),
    definition: (_target: unknown, words: string) => escapeMarkdown(words),
};

function explainBetween(index: TopologyIndex, one: InstanceSet, other: InstanceSet): string {
    const [wall] = wallsBetween(index, one, other);
    const named = (set: InstanceSet): string => codeSpan(writtenPath(index.topology, set));
    return [
        wall === undefined
            ? 'One of them has no replicas.'
            : `The weakest wall between ${named(one)} and ${named(other)} is **${wall.wall}**: ${escapeMarkdown(wall.because)}.`,
        reachLine(index, one, other, named),
        reachLine(index, other, one, named),
    ].join('\n\n');
}

function reachLine(index: TopologyIndex, from: InstanceSet, to: InstanceSet, named: (set: InstanceSet) => string): string {
    const way = easiestWay(controlGraph(index), from, to);
    if (way === undefined) {
        return `From ${named(from)} there is no way to ${named(to)}: they run on different machines.`;
    }
    const needs = way.needs === 'none' ? 'nothing has to be broken' : `a ${way.needs} wall has to be broken`;
    const steps = way.edges.map(({ via, because }) => `${codeSpan(via())} (${escapeMarkdown(because())})`).join(', then ');
    return `From ${named(from)} to ${named(to)} ${needs}${steps === '' ? '' : `: ${steps}`}.`;
}
