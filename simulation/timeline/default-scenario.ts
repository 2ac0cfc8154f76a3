/** What a topology without scenarios is run as: everything boots at 0, and ten minutes pass. */
import type { Scenario } from '../model/topology.ts';
import { type Seconds, seconds } from '../model/units.ts';

export const defaultDuration: Seconds = seconds(600);

/** Of a scenario, whether it says or not. */
export function durationOf({ duration }: Scenario): Seconds {
    return duration ?? defaultDuration;
}

export const defaultScenario: Scenario = { name: 'default', duration: defaultDuration, steps: [], expectations: [] };
