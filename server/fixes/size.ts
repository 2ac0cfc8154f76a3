/** Limits and sizes that are too small, promises that are too large: set to what is needed, which the core has computed. */
import type { ElementId } from '#simulation/model/ids.ts';
import { lastStep } from '../short-path.ts';
import { elementNodeAt } from '../syntax-at.ts';
import { insertStatement, replace } from './edits.ts';
import type { Effect, Fix, FixEdit, FixInput, FixRule } from './fix.ts';

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

export const raiseMemoryLimit: FixRule = {
    codes: ['memory-limit'],
    *fixes(input: FixInput): Generator<Fix> {
        const { subject, facts } = input.finding;
        const needed = facts['needed'];
        if (subject !== undefined && typeof needed === 'number') {
            const limit = writeMemory(needed);
            const edit = setStatement(input, subject, 'memory limit', limit);
            if (edit !== undefined) {
                yield {
                    title: `Raise memory limit to ${limit}, the working set`,
                    edits: [edit],
                    isPreferred: true,
                    ...roomOn(machineBelow(subject, input), 'memory'),
                };
            }
        }
    },
};

export const raiseMemory: FixRule = {
    codes: ['memory-capacity'],
    *fixes(input: FixInput): Generator<Fix> {
        const { subject, facts } = input.finding;
        const used = facts['used'];
        if (subject !== undefined && typeof used === 'number') {
            const memory = writeMemory(used);
            const edit = setStatement(input, subject, 'memory', memory);
            if (edit !== undefined) {
                // A guest's memory is its host's; a host's own is all there is.
                const below = machineBelow(subject, input) ?? subject;
                yield { title: `Raise memory of ${lastStep(subject)} to ${memory}`, edits: [edit], ...roomOn(below, 'memory') };
            }
        }
    },
};

export const raiseCpu: FixRule = {
    codes: ['cpu-throttled'],
    *fixes(input: FixInput): Generator<Fix> {
        const { subject, facts } = input.finding;
        const { demand, by } = { demand: facts['demand'], by: facts['by'] };
        if (subject === undefined || typeof demand !== 'number' || (by !== 'limit' && by !== 'vcpus')) {
            return;
        }
        const [key, value] = by === 'limit' ? ['cpu limit', `${Math.ceil(demand * 1000) / 1000} cores`] : ['vcpus', String(Math.ceil(demand))];
        const edit = setStatement(input, subject, key, value);
        if (edit !== undefined) {
            yield {
                title: `Raise ${by === 'limit' ? 'CPU limit' : 'vCPUs'} to ${value}, all it wants`,
                edits: [edit],
                ...roomOn(machineBelow(subject, input), 'cpu'),
            };
        }
    },
};

export const allowOvercommit: FixRule = {
    codes: ['cpu-overcommit', 'memory-overcommit'],
    *fixes(input: FixInput): Generator<Fix> {
        const { subject, facts, code } = input.finding;
        const factor = facts['overcommit'];
        const key = code === 'cpu-overcommit' ? 'overcommit cpu' : 'overcommit memory';
        if (subject !== undefined && typeof factor === 'number' && factor > 0) {
            const edit = setStatement(input, subject, key, String(factor));
            if (edit !== undefined) {
                yield { title: `Allow it: \`${key} ${factor}\``, edits: [edit] };
            }
        }
    },
};

export const fewerVcpus: FixRule = {
    codes: ['vcpus-above-host'],
    *fixes(input: FixInput): Generator<Fix> {
        const { subject, facts } = input.finding;
        const cpus = typeof facts['cpus'] === 'number' ? Math.floor(facts['cpus']) : 0;
        const edit = subject !== undefined && cpus >= 1 ? setStatement(input, subject, 'vcpus', String(cpus)) : undefined;
        if (edit !== undefined) {
            yield { title: `Lower vCPUs to ${cpus}, as many as the machine has`, edits: [edit], isPreferred: true };
        }
    },
};

function roomOn(element: ElementId | undefined, resource: Effect['resource']): Pick<Fix, 'effect'> {
    return element === undefined ? {} : { effect: { kind: 'room', on: element, resource } };
}

/** The nearest host or virtual machine that carries the element. */
function machineBelow(id: ElementId, { analysis: { result } }: FixInput): ElementId | undefined {
    let next = result?.elements.get(id)?.carrier;
    while (next !== undefined) {
        const kind = result?.topology.elements.get(next)?.kind;
        if (kind === 'host' || kind === 'vm') {
            return next;
        }
        next = result?.elements.get(next)?.carrier;
    }
    return undefined;
}

/** The statement with another value, where it stands; else a new one in the element's body. */
export function setStatement({ analysis, sourceOf }: FixInput, id: ElementId, key: string, value: string): FixEdit | undefined {
    const origin = analysis.lowered.origins.elements.get(id);
    if (origin === undefined) {
        return undefined;
    }
    const statement = origin.statements.get(key);
    if (statement !== undefined) {
        return replace(statement, `${key} ${value}`);
    }
    const source = sourceOf(origin.name.uri);
    const element = source && elementNodeAt(source, origin.name.start);
    return source && element && insertStatement(source, element, `${key} ${value}`);
}

/** Rounded up to whole MiB, from 4 GiB on to whole GiB. */
export function writeMemory(bytes: number): string {
    const inGibibytes = bytes >= 4 * gibibyte || bytes % gibibyte === 0;
    return inGibibytes ? `${Math.ceil(bytes / gibibyte)} GiB` : `${Math.ceil(bytes / mebibyte)} MiB`;
}
