/** Containers must not wait for each other in a circle. */
import { at } from '../model/columns.ts';
import type { Check } from './check.ts';

/** Facts: `cycle`, ids in waiting order. */
export const afterCycle: Check = {
    code: 'after-cycle',
    severity: 'error',
    title: 'Containers must not wait for each other in a circle',
    explanation: 'Each `after` waits until the other is ready. In a circle nobody ever is, nor is anything that waits for one of them.',
    *run({ index, boot }) {
        for (const cycle of boot.cycles) {
            const members = cycle.flatMap((number) => index.elements[number] ?? []).filter((element) => element.kind === 'container');
            const [first] = members;
            if (first === undefined || cycle.every((number) => at(index.multiplicity, number) === 0)) continue;
            const chain = members.map((element) => element.name);
            yield {
                code: afterCycle.code,
                severity: 'error',
                subject: first.id,
                statement: 'after',
                message:
                    members.length === 1
                        ? `${first.name} waits for itself, so it never starts. Remove the \`after\`.`
                        : `${[...chain, first.name].join(' waits for ')}: none of them ever starts. Remove one \`after\`.`,
                facts: { cycle: members.map((element) => element.id) },
                related: members.slice(1).map((element) => ({ subject: element.id, statement: 'after', message: `${element.name} is in the circle` })),
            };
        }
    },
};
