/** Lists of CPUs as the kernel takes them, `0-3,6`: the language takes the same. */
import { maximumCpuNumber } from '../expressions/cpu-numbers.ts';

/** Without blanks; nothing where it is no list, or a range runs backwards. */
export function cpuList(written: string): string | undefined {
    const list = written.replaceAll(/\s/g, '');
    const isList = list.split(',').every((range) => {
        const [, first, last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(range) ?? [];
        return first !== undefined && Number(first) <= Number(last) && Number(last) <= maximumCpuNumber;
    });
    return isList ? list : undefined;
}
