/** An `io limit` should leave its processes what they ask for. */
import { figure, percentFigure } from '../model/figures.ts';
import { type Check, subjectOf } from './check.ts';
import { largestAskers, shortages } from './io-contended.ts';

/** Facts: `asked`, `limit` in bytes a second. */
export const ioThrottled: Check = {
    code: 'io-throttled',
    severity: 'warning',
    title: 'An `io limit` should not be below what its processes read and write',
    explanation:
        'At least 5 % of what the processes of a group would read and write is lost to its `io limit`. They are slowed in everything else as well. It bounds the bytes of all disks together; a kernel bounds each disk by itself.',
    run: (context) =>
        shortages(context, ['io limit'], (_, shortage) => {
            const group = context.index.elements[shortage.element];
            const { asked, capacity: limit } = shortage;
            if (group === undefined) return [];
            return [
                {
                    code: ioThrottled.code,
                    severity: 'warning',
                    subject: group.id,
                    statement: 'io limit',
                    message:
                        `${subjectOf(group)} asks for ${figure(asked, 'rate')} of its disks, but its \`io limit\` is ${figure(limit, 'rate')}: ${percentFigure(1 - limit / asked)} is lost. ` +
                        `Raise it to ${figure(asked, 'rate')}, or ask for less.`,
                    facts: { asked, limit },
                    related: largestAskers(context, shortage),
                },
            ];
        }),
};
