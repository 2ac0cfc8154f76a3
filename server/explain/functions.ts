/** The functions of conditions and values: what each takes and means. Completion and signature help read it. */

export interface FunctionRule {
    readonly name: string;
    readonly parameters: readonly FunctionParameter[];
    readonly meaning: string;
    /** Also outside `expect`. */
    readonly isOfValues?: true;
}

export interface FunctionParameter {
    /** As it stands in the signature. */
    readonly label: string;
    readonly meaning: string;
    /** What a snippet writes for it; a parameter without one may be left out. */
    readonly sample?: string;
}

const path: FunctionParameter = { label: 'PATH.METRIC', meaning: 'A metric of an element with replicas.', sample: 'path.metric' };
const more: FunctionParameter = { label: '…', meaning: 'Any number of further values.' };
const from: FunctionParameter = { label: 'A', meaning: 'A workload: a container, or a process outside one.', sample: 'a' };
const to: FunctionParameter = { label: 'B', meaning: 'The other workload.', sample: 'b' };

export const functionRules: readonly FunctionRule[] = [
    { name: 'boundary', parameters: [from, to], meaning: 'The wall between two workloads: the weaker of the two directions.' },
    {
        name: 'reaches',
        parameters: [from, to, { label: 'WALL', meaning: 'Every boundary up to this one is taken as broken. Without it none is.' }],
        meaning: 'Whether whoever controls A controls B.',
    },
    {
        name: 'survives',
        parameters: [{ label: 'N hosts', meaning: 'How many hosts are lost at once.', sample: '1 host' }],
        meaning: 'Whether every virtual machine with `host-failure restart` finds room elsewhere.',
    },
    { name: 'sum', parameters: [path], meaning: 'The sum over all replicas.' },
    { name: 'mean', parameters: [path], meaning: 'The mean over all replicas.' },
    { name: 'min', parameters: [path, more], meaning: 'The least over all replicas, or of several values.', isOfValues: true },
    { name: 'max', parameters: [path, more], meaning: 'The most over all replicas, or of several values.', isOfValues: true },
    { name: 'count', parameters: [{ label: 'PATH', meaning: 'An element with replicas.', sample: 'path' }], meaning: 'How many replicas there are.' },
    {
        name: 'at',
        parameters: [{ label: 'TIME', meaning: 'A moment of the scenario.', sample: '30 s' }, path],
        meaning: 'The value at a moment, in place of the worst over the scenario.',
    },
    { name: 'over-time-mean', parameters: [path], meaning: 'The mean over the scenario, in place of the worst.' },
];

export const signatureOf = ({ name, parameters }: FunctionRule): string => `${name}(${parameters.map(({ label }) => label).join(', ')})`;
