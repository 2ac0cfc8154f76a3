/** A step should change something. */
import type { InstanceSet } from '#simulation/model/ids.ts';
import type { Step as LoweredStep } from '#simulation/model/topology.ts';
import type { Step } from '../generated/ast.ts';
import type { Declaration } from '../lowering/declarations.ts';
import { type ElementIndex, isInside } from '../names/element-index.ts';
import { rangeOfSteps } from '../names/resolve-path.ts';
import type { Report } from '../problems.ts';
import type { Check } from './check.ts';

export const stepWithoutEffect: Check = {
    code: 'step-without-effect',
    severity: 'warning',
    title: 'A step should change something',
    explanation:
        '`recover` brings back what an earlier `fail` named, and only that: what went down with it comes up with it. `start` starts what has `autostart off` or was stopped by an earlier `stop`; ' +
        'all else starts by itself.',
    facts: { step: 'the word of the step' },
};

export interface PlacedStep {
    readonly node: Step;
    readonly step: LoweredStep;
}

/** `startsByItself`: whether an element is up without a `start` and can not have come to an end by itself. */
export function checkEffects(steps: readonly PlacedStep[], startsByItself: (element: Declaration) => boolean, index: ElementIndex, report: Report): void {
    // Steps of one time happen in the order of the text.
    const inOrder = [...steps].sort((a, b) => a.step.at - b.step.at);
    for (const [place, { node, step }] of inOrder.entries()) {
        const message = whatIsMissing(
            step,
            inOrder.slice(0, place).map((placed) => placed.step),
            startsByItself,
            index,
        );
        if (message !== undefined) {
            report(stepWithoutEffect, { at: rangeOfSteps(node.target?.steps ?? []), message, facts: { step: step.kind } });
        }
    }
}

function whatIsMissing(
    step: LoweredStep,
    before: readonly LoweredStep[],
    startsByItself: (element: Declaration) => boolean,
    index: ElementIndex,
): string | undefined {
    const element = index.byId.get(step.target.element);
    if (element === undefined) {
        return undefined;
    }
    if (step.kind === 'recover' && !before.some((earlier) => earlier.kind === 'fail' && overlaps(earlier.target, step.target))) {
        const carrier = before.find(({ kind, target }) => kind === 'fail' && carries(index, target, element));
        const name = carrier === undefined ? undefined : index.byId.get(carrier.target.element)?.name;
        return name === undefined
            ? `\`${element.name}\` has not failed by then, so nothing recovers. Let it \`fail\` earlier, or remove this step.`
            : `\`${element.name}\` went down with \`${name}\` and comes up with it. Write \`recover ${name}\`.`;
    }
    const wasStopped = before.some(({ kind, target }) => kind === 'stop' && (overlaps(target, step.target) || carries(index, target, element)));
    if (step.kind === 'start' && startsByItself(element) && !wasStopped) {
        return `\`${element.name}\` starts by itself, and nothing has stopped it by then. Give it \`autostart off\`, \`stop\` it earlier, or remove this step.`;
    }
    return undefined;
}

function carries(index: ElementIndex, { element }: InstanceSet, carried: Declaration): boolean {
    const carrier = index.byId.get(element);
    return carrier !== undefined && carrier !== carried && isInside(carried, carrier);
}

function overlaps(one: InstanceSet, other: InstanceSet): boolean {
    return (
        one.element === other.element &&
        one.ranges.every(({ first, last }, place) => {
            const range = other.ranges[place];
            return range === undefined || (first <= range.last && range.first <= last);
        })
    );
}
