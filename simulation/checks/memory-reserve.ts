/** Reserved memory must be there. */
import type { Check } from './check.ts';
import { unadmitted } from './reserves.ts';

/** Facts: `reserved` and `available` in bytes. */
export const memoryReserve: Check = {
    code: 'memory-reserve',
    severity: 'error',
    title: 'Memory reserves must not exceed the memory of their machine, nor the limit of their group',
    explanation:
        "A `memory reserve` is a guarantee, so it is admitted only where there is room: the reserves of all that starts by itself must fit into the host's memory less what its operating system holds, or into the VM's memory, and into every `memory limit` around them.",
    run: (context) => unadmitted(context, 'memory-reserve', 'memory'),
};
