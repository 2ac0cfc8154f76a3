/** Disks and NICs should carry what is asked of them. */
import { at } from '../model/columns.ts';
import { countOf, figure, percentFigure } from '../model/figures.ts';
import type { Finding } from '../model/finding.ts';
import type { Shortage } from '../resources/io.ts';
import type { IoBound } from '../resources/io-contest.ts';
import { type Check, type CheckContext, subjectOf } from './check.ts';

/** Less is not worth a line: published throughputs vary by as much. */
const threshold = 0.05;

/** Facts: `asked`, `capacity` in bytes or operations a second; `by`: `bandwidth`, `iops`, `receive` or `send`. */
export const ioContended: Check = {
    code: 'io-contended',
    severity: 'warning',
    title: 'A disk or NIC should carry what is asked of it',
    explanation:
        'Processes ask at least 5 % more of a disk (bytes or operations a second) or of a NIC (bytes a second in one direction) than it moves. It is shared by `io weight`, as CPUs are by `cpu weight`, and a process that waits for it is ' +
        "slowed in all that it reads, writes, receives and sends. What a guest asks costs its host's devices more by the `io` of its hypervisor's type.",
    run: (context) => shortages(context, ['bandwidth', 'iops', 'receive', 'send'], finding),
};

/** Shortages of some kinds that are worth a line. */
export function* shortages(
    context: CheckContext,
    kinds: readonly IoBound[],
    find: (context: CheckContext, shortage: Shortage) => readonly Finding[],
): Generator<Finding> {
    for (const shortage of context.io.shortages) {
        if (kinds.includes(shortage.by) && shortage.asked * (1 - threshold) >= shortage.capacity) yield* find(context, shortage);
    }
}

/** The workloads that ask most of what is short: containers, and processes outside one. */
export function largestAskers({ index }: CheckContext, { askers, by }: Shortage): Finding['related'] {
    const sums = new Map<number, number>();
    for (const { process, asked } of askers) {
        const workload = at(index.container, process) < 0 ? process : at(index.container, process);
        sums.set(workload, (sums.get(workload) ?? 0) + asked);
    }
    return [...sums]
        .sort((a, b) => b[1] - a[1] || a[0] - b[0])
        .slice(0, 5)
        .flatMap(([number, asked]) => {
            const element = index.elements[number];
            return element === undefined ? [] : [{ subject: element.id, message: `${element.name} asks for ${amount(asked, by)}` }];
        });
}

function finding(context: CheckContext, shortage: Shortage): readonly Finding[] {
    const device = context.index.elements[shortage.element];
    if (device === undefined) return [];
    const { asked, capacity, by } = shortage;
    const verb = by === 'receive' ? 'receives' : by === 'send' ? 'sends' : 'moves';
    const statement = by === 'iops' ? 'iops' : 'bandwidth';
    return [
        {
            code: ioContended.code,
            severity: 'warning',
            subject: device.id,
            statement,
            message:
                `${subjectOf(device)} ${verb} ${amount(capacity, by)}, but is asked for ${amount(asked, by)}: ${percentFigure(1 - capacity / asked)} of it is not served. ` +
                `Raise its \`${statement}\`, ask less of it, or set \`io weight\` for what matters.`,
            facts: { asked, capacity, by },
            related: largestAskers(context, shortage),
        },
    ];
}

function amount(value: number, by: IoBound): string {
    return by === 'iops' ? countOf(value, 'operation a second', 'operations a second') : figure(value, 'rate');
}
