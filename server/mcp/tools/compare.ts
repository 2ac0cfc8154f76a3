/** The tool `compare`: the same workloads on bare hosts, in VMs, in containers, in sandboxes and in micro-VMs. */
import * as z from 'zod';
import { CannotWork } from '../../cli/cannot-work.ts';
import { selectInstances, writtenPath } from '../../cli/select-instances.ts';
import { compareSelection } from '../../comparison/compare-selection.ts';
import { comparisonJson } from '../../json/comparison-json.ts';
import { sourceInput } from '../reading-room.ts';
import { mcpTool } from '../tool.ts';

export const compareTool = mcpTool({
    name: 'compare',
    title: 'Compare ways to run workloads',
    description:
        'What the same containers or processes cost on bare hosts, in VMs, in containers, under gVisor, in Kata and in Firecracker: memory, CPU overhead, time to ready, copies that fit, kernels, and the wall between them. CPU in cores, memory in bytes, time in seconds.',
    input: z.object({
        ...sourceInput,
        paths: z.array(z.string().min(1)).min(1).max(50).describe('Containers, processes, or whatever holds some, as in `web` or `rack1.docker.web[1..2]`.'),
    }),
    output: z.object({
        host: z.string().optional(),
        workloads: z.array(z.looseObject({ path: z.string(), name: z.string() })),
        ways: z.array(z.looseObject({ way: z.string(), possible: z.boolean() })),
        sources: z.array(z.object({ figure: z.string(), source: z.string() })),
    }),
    work: async ({ paths, ...source }, room) => {
        const { analysis, services } = await room.analyse(source);
        const topology = analysis.result?.topology ?? analysis.lowered.topology;
        const selection = paths.map((path) => selectInstances(topology, path));
        const compared = compareSelection(analysis, services, selection);
        if (compared.comparison.workloads.length === 0) {
            throw new CannotWork(`nothing to compare: ${paths.join(' and ')} ${paths.length === 1 ? 'holds' : 'hold'} neither a container nor a process`);
        }
        const json = comparisonJson({ file: source.file ?? '', selection: selection.map((set) => writtenPath(topology, set)), ...compared });
        const { host, workloads, ways, sources } = JSON.parse([...json].join(''));
        return { ...(host !== undefined && { host }), workloads, ways, sources };
    },
});
