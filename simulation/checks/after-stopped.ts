/** A container should not wait for what does not start. */
import { at } from '../model/columns.ts';
import { type Check, running } from './check.ts';

/** Facts: `awaited`, the id of what does not start. */
export const afterStopped: Check = {
    code: 'after-stopped',
    severity: 'warning',
    title: 'A container should not wait for one that does not start by itself',
    explanation:
        '`after` waits until the other container is ready. One with `autostart off` is not, until a scenario starts it, so what waits for it stays down.',
    *run({ index }) {
        for (const [, element] of running(index)) {
            if (element.kind !== 'container') continue;
            for (const { element: id } of element.after) {
                const number = index.numbers.get(id);
                const awaited = number === undefined ? undefined : index.elements[number];
                if (number === undefined || awaited === undefined || at(index.running, number) === 1 || at(index.multiplicity, number) === 0) continue;
                yield {
                    code: afterStopped.code,
                    severity: 'warning',
                    subject: element.id,
                    statement: 'after',
                    message: `${element.name} waits for ${awaited.name}, which does not start by itself, so neither does ${element.name}. Let ${awaited.name} start, or remove the \`after\`.`,
                    facts: { awaited: id },
                    related: [{ subject: id, statement: 'autostart', message: `${awaited.name} does not start by itself` }],
                };
            }
        }
    },
};
