/** Reserved CPU must be there. */
import type { Check } from './check.ts';
import { unadmitted } from './reserves.ts';

/** Facts: `reserved` and `available` in cores. */
export const cpuReserve: Check = {
    code: 'cpu-reserve',
    severity: 'error',
    title: 'CPU reserves must not exceed the CPUs of their machine, nor the limit of their group',
    explanation:
        "A `cpu reserve` is a guarantee, so it is admitted only where there is room: the reserves of all that starts by itself must fit into the host's logical CPUs, or the VM's vCPUs, and into every `cpu limit` around them; that of a VM into its own vCPUs. " +
        'Under hypervisors that enforce reserves, ones that do not fit are scaled down.',
    run: (context) => unadmitted(context, 'cpu-reserve', 'cpu'),
};
