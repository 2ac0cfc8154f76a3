/** Limits and sizes that are too small, promises that are too large: set to what is needed, which the core has computed. */
import type { ElementId } from '#simulation/model/ids.ts';
import { showFigure } from '../explain/figures.ts';
import { lastStep } from '../short-path.ts';
import { elementNodeAt } from '../syntax-at.ts';
import { insertStatement, replace } from './edits.ts';
import type { Fix, FixEdit, FixInput, FixRule } from './fix.ts';

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
                yield { title: `Raise memory limit to ${limit}, the working set`, edits: [edit], isPreferred: true };
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
                yield { title: `Raise memory of ${lastStep(subject)} to ${memory} (holds ${showFigure(used, 'memory')})`, edits: [edit] };
            }
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
