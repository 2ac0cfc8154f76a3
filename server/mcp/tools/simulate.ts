/** The tool `simulate`: who gets what, one row for each declared element. */
import * as z from 'zod';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { CannotWork } from '../../cli/cannot-work.ts';
import { selectElement } from '../../cli/select-element.ts';
import { summaryRows } from '../../json/element-rows.ts';
import { declaredPath } from '../../json/instances.ts';
import { jsonNumber } from '../../json/json-text.ts';
import { sourceInput } from '../reading-room.ts';
import { firstRows, limitInput, mcpTool } from '../tool.ts';

export const simulateTool = mcpTool({
    name: 'simulate',
    title: 'Simulate a topology',
    description:
        'Computes the steady state of a topology: CPU granted and memory used for each element, headroom of machines, on which kernel each runs, when it is ready, and whether its expectations hold. CPU in cores, memory in bytes, time in seconds, shares as fractions.',
    input: z.object({
        ...sourceInput,
        select: z.string().optional().describe('Only this element and what stands on it, as in `rack1.docker.web` or `web`.'),
        limit: limitInput,
    }),
    output: z.object({
        elements: z.array(z.looseObject({ path: z.string(), kind: z.string(), count: z.number() })),
        expectations: z.array(
            z.object({ text: z.string(), holds: z.boolean(), actual: z.union([z.number(), z.string()]).optional(), because: z.string().optional() }),
        ),
        errors: z.number().describe('Findings of severity error; `check` lists them.'),
        omitted: z.object({ elements: z.number(), expectations: z.number() }),
    }),
    work: async ({ select, limit, ...source }, room) => {
        const { analysis } = await room.analyse(source);
        const { result } = analysis;
        if (result === undefined) {
            throw new CannotWork(analysis.findings[0]?.message ?? 'nothing came of it');
        }
        const selected = select === undefined ? undefined : declaredPath(selectElement(analysis.lowered.topology, result, select));
        const elements = firstRows(
            summaryRows(result, indexTopology(result.topology), (path) => selected === undefined || path === selected || path.startsWith(`${selected}.`)),
            limit,
        );
        const expectations = firstRows(result.expectations, limit);
        return {
            // Written out and read again, since a key without a value is no part of JSON.
            elements: JSON.parse(JSON.stringify(elements.rows)),
            expectations: expectations.rows.map(({ text, holds, actual, because }) => ({
                text,
                holds,
                ...(actual !== undefined && { actual: typeof actual === 'number' ? (jsonNumber(actual) ?? 'unbounded') : actual }),
                ...(because !== undefined && { because }),
            })),
            errors: analysis.findings.filter(({ severity }) => severity === 'error').length,
            omitted: { elements: elements.omitted, expectations: expectations.omitted },
        };
    },
});
