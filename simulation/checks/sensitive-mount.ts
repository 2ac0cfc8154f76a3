/** A container should not write where its host keeps programs, accounts and state. */
import { ruleNames } from '../isolation/reach/edge.ts';
import { engineSocketIn, isHostPath, powerOverHost } from '../isolation/reach/host-paths.ts';
import { hostMount } from '../isolation/reach/rules/host-mount.ts';
import { type Check, subjectOf } from './check.ts';
import { controlClause, demandedBy, linuxContainers, openEdges } from './container-rules.ts';

/** Facts: `mounts`, the sources that are meant. */
export const sensitiveMount: Check = {
    code: 'sensitive-mount',
    severity: 'warning',
    title: 'A container should not have directories of its host that lead to root',
    explanation: `${hostMount.explanation} Under \`policy cis-docker\` read-only mounts of the same directories are named too, and under the Pod Security Standards every mount of a host's path. Rules: ${ruleNames(hostMount.rules).join(', ')}.`,
    *run({ index, control }) {
        const strict = demandedBy(index, { cisDocker: '5.6' });
        const any = demandedBy(index, { pss: 'baseline' });
        for (const { container, number } of linuxContainers(index, control)) {
            const edges = openEdges(control, number, hostMount);
            const [first] = edges;
            const sources = container.mounts.map(({ source }) => source).filter((source) => engineSocketIn(source) === undefined);
            const forbidden = sources.filter(
                (source) => (any !== undefined && isHostPath(source)) || (strict !== undefined && powerOverHost(source) !== undefined),
            );
            if (first === undefined && forbidden.length === 0) continue;
            yield {
                code: sensitiveMount.code,
                severity: 'warning',
                subject: container.id,
                statement: first?.via().startsWith('namespace') ? 'namespace' : 'mount',
                message:
                    first === undefined
                        ? `${subjectOf(container)} has ${forbidden.join(', ')} of its host, against ${any ?? strict}. Use a volume, or copy what it needs into the image.`
                        : `${controlClause(subjectOf(container), first)}: ${first.because()}. Mount it read-only, or only the part that it needs.`,
                facts: { mounts: first === undefined ? forbidden : edges.map(({ via }) => via().replace('mount ', '')) },
                related: [],
            };
        }
    },
};
