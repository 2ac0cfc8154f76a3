/** States of members by their number in columns. */
import { type State, states } from '../model/timeline.ts';

export const stopped = stateNumber('stopped');
export const booting = stateNumber('booting');
export const running = stateNumber('running');
export const failed = stateNumber('failed');
export const killed = stateNumber('killed');
export const finished = stateNumber('finished');
export const migrating = stateNumber('migrating');

function stateNumber(state: State): number {
    return states.indexOf(state);
}
