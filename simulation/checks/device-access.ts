/** A container should not have devices of its host. */
import { ruleNames } from '../isolation/reach/edge.ts';
import { device } from '../isolation/reach/rules/device.ts';
import { type Check, subjectOf } from './check.ts';
import { controlClause, demandedBy, linuxContainers, openEdges } from './container-rules.ts';

/** Facts: `devices`, the paths that are meant. */
export const deviceAccess: Check = {
    code: 'device-access',
    severity: 'warning',
    title: "A container should not have its host's disks or memory as devices",
    explanation: `${device.explanation} Under \`policy cis-docker\` every device is named. Rules: ${ruleNames(device.rules).join(', ')}.`,
    *run({ index, control }) {
        const demand = demandedBy(index, { cisDocker: '5.18' });
        for (const { container, number } of linuxContainers(index, control)) {
            const edges = openEdges(control, number, device);
            const [first] = edges;
            if (first === undefined && (demand === undefined || container.devices.length === 0)) continue;
            yield {
                code: deviceAccess.code,
                severity: 'warning',
                subject: container.id,
                statement: 'device',
                message:
                    first === undefined
                        ? `${subjectOf(container)} has ${container.devices.join(', ')} of its host, against ${demand}. Take away what it does not need.`
                        : `${controlClause(subjectOf(container), first)}: ${first.because()}. Mount a directory instead, or take the device away.`,
                facts: { devices: first === undefined ? container.devices : edges.map(({ via }) => via().replace('device ', '')) },
                related: [],
            };
        }
    },
};
