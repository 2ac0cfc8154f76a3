/** The tool `check`: what is wrong with a topology, worst first. */
import * as z from 'zod';
import type { Severity } from '#simulation/model/finding.ts';
import { reportFindings, verdict } from '../../cli/judge.ts';
import { sourceInput } from '../reading-room.ts';
import { firstRows, limitInput, mcpTool } from '../tool.ts';

const severities = ['error', 'warning', 'information', 'hint'] as const satisfies readonly Severity[];

export const checkTool = mcpTool({
    name: 'check',
    title: 'Check a topology',
    description:
        'Parses a Strata topology, simulates it, and lists what is wrong with it: syntax, names, capacity, limits, isolation, failed expectations. Each finding names its place and what would mend it; `explain` with its code says more.',
    input: z.object({ ...sourceInput, limit: limitInput }),
    output: z.object({
        ok: z.boolean().describe('False where there is an error or a failed expectation.'),
        counts: z.record(z.enum(severities), z.number()),
        findings: z.array(
            z.object({
                code: z.string(),
                severity: z.enum(severities),
                message: z.string(),
                path: z.string().optional(),
                file: z.string(),
                line: z.number(),
                column: z.number(),
                fixes: z.array(z.string()).describe('What quick fixes would do.'),
            }),
        ),
        omitted: z.number(),
    }),
    work: async ({ limit, ...source }, room) => {
        const analysed = await room.analyse(source);
        const found = reportFindings([analysed]).toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
        const { rows, omitted } = firstRows(found, limit);
        return {
            ok: verdict([analysed], 'lenient') === 0,
            counts: Object.fromEntries(severities.map((wanted) => [wanted, found.filter(({ severity }) => severity === wanted).length])) as Record<
                Severity,
                number
            >,
            findings: rows.map(({ code, severity, message, path, file, start, fixes }) => ({
                code,
                severity,
                message,
                ...(path !== undefined && { path }),
                file,
                line: start.line,
                column: start.column,
                fixes: fixes().map(({ title }) => title),
            })),
            omitted,
        };
    },
});
