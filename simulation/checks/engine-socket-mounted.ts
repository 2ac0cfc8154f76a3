/** A container should not have its engine's socket. */
import { ruleNames } from '../isolation/reach/edge.ts';
import { engineSocket } from '../isolation/reach/rules/engine-socket.ts';
import { type Check, subjectOf } from './check.ts';
import { controlClause, linuxContainers, openEdges } from './container-rules.ts';

/** Facts: `via`, what opens the way. */
export const engineSocketMounted: Check = {
    code: 'engine-socket-mounted',
    severity: 'warning',
    title: "A container should not have its engine's socket",
    explanation: `${engineSocket.explanation} Rules: ${ruleNames(engineSocket.rules).join(', ')}.`,
    *run({ index, control }) {
        for (const { container, number } of linuxContainers(index, control)) {
            const [edge] = openEdges(control, number, engineSocket);
            if (edge === undefined) continue;
            yield {
                code: engineSocketMounted.code,
                severity: 'warning',
                subject: container.id,
                statement: 'mount',
                message: `${controlClause(subjectOf(container), edge)}: ${edge.because()}. Take the mount away, or put a proxy in front that allows only what it needs.`,
                facts: { via: edge.via() },
                related: [],
            };
        }
    },
};
