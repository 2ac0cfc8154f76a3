/** Reserved memory must be there. */
import type { Check } from './check.ts';
import { unadmitted } from './reserves.ts';

/** Facts: `reserved` and `available` in bytes. */
export const memoryReserve: Check = {
    code: 'memory-reserve',
    severity: 'error',
    title: 'Memory reserves must not exceed the memory of their machine, nor the limit of their group',
    explanation:
        'A `memory reserve` is a guarantee, so it is admitted only where there is room: the reserves of all that starts by itself must fit into the memory of their host or VM, less what idle operating systems, hypervisors, daemons and virtualisation hold of it, and into every `memory limit` around them; that of a VM into its own memory.',
    run: (context) => unadmitted(context, 'memory-reserve', 'memory'),
};
