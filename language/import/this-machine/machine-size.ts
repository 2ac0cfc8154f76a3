/** CPUs and memory of a machine: what there is, or what the control group leaves of it. */
import type { Fields } from '../yaml/yaml-fields.ts';
import { colonLines, kernelBytes } from './colon-lines.ts';
import type { MachineReader } from './machine-reader.ts';
import { cpuinfoFile, cpuLimitFile, memoryFile, memoryLimitFile, nodeFile, processorsFile } from './machine-texts.ts';

export interface Size {
    readonly amount: number;
    /** What was chosen, and why. */
    readonly comment?: string;
}

/** What `lscpu` prints, by field without the colon; newer ones nest it. */
export function processorFields(reader: MachineReader): ReadonlyMap<string, string> {
    const fields = new Map<string, string>();
    const read = (list: readonly Fields[]): void => {
        for (const entry of list) {
            const name = entry.text('field')?.replace(/:$/, '');
            const data = entry.text('data');
            if (name !== undefined && data !== undefined) {
                fields.set(name, data);
            }
            read(entry.maps('children'));
        }
    };
    read(reader.objects(processorsFile, 'lscpu'));
    return fields;
}

export function readCpus(reader: MachineReader, processors: ReadonlyMap<string, string>, node: Fields | undefined): Size | undefined {
    const online = countOf(processors.get('On-line CPU(s) list'));
    const listed = wholeOf(processors.get('CPU(s)'));
    const counted = colonLines(reader.text(cpuinfoFile) ?? '').get('processor')?.count;
    const known = online ?? listed ?? counted ?? node?.whole('cpus', { min: 1, max: 1e6 });
    const [quota, period] = (reader.text(cpuLimitFile) ?? '').trim().split(/\s+/).map(Number);
    const limit = quota !== undefined && period !== undefined && quota > 0 && period > 0 ? quota / period : Infinity;
    return known === undefined ? undefined : bounded(known, limit, `of ${known} CPUs; the control group leaves no more`);
}

/** What the kernel has to give: without what it and the firmware keep. */
export function readMemory(reader: MachineReader, node: Fields | undefined): Size | undefined {
    const total = kernelBytes(colonLines(reader.text(memoryFile) ?? '').get('MemTotal')?.value);
    const known = total ?? node?.whole('memory', { min: 1, max: Number.MAX_SAFE_INTEGER });
    const limit = wholeOf(reader.text(memoryLimitFile)?.trim()) ?? Infinity;
    return known === undefined ? undefined : bounded(known, limit, `of ${Math.round(known / 2 ** 20)} MiB; the control group leaves no more`);
}

export function readSwap(reader: MachineReader): number {
    return kernelBytes(colonLines(reader.text(memoryFile) ?? '').get('SwapTotal')?.value) ?? 0;
}

const bounded = (known: number, limit: number, comment: string): Size => (limit < known ? { amount: limit, comment } : { amount: known });

const wholeOf = (written: string | undefined): number | undefined => (written !== undefined && /^\d{1,15}$/.test(written) ? Number(written) : undefined);

/** How many CPUs `0-3,6` names. */
function countOf(list: string | undefined): number | undefined {
    const ranges = list?.split(',').map((range) => range.trim().split('-').map(wholeOf));
    const counts = ranges?.map(([first, last = first]) => (first === undefined || last === undefined ? Number.NaN : last - first + 1));
    const sum = counts?.reduce((total, count) => total + count, 0) ?? Number.NaN;
    return sum > 0 ? sum : undefined;
}

/** What Node.js knows, on any machine. */
export const nodeFields = (reader: MachineReader): Fields | undefined => reader.objects(nodeFile, 'machine')[0];
