/** All rules over a computed state, in the order in which their findings are told. */
import type { Finding } from '../model/finding.ts';
import { afterCycle } from './after-cycle.ts';
import { afterStopped } from './after-stopped.ts';
import type { Check, CheckContext } from './check.ts';
import { cpuContended } from './cpu-contended.ts';
import { cpuOvercommit } from './cpu-overcommit.ts';
import { cpuReserve } from './cpu-reserve.ts';
import { cpuSetBeyond } from './cpu-set-beyond.ts';
import { cpuThrottled } from './cpu-throttled.ts';
import { diskCapacity } from './disk-capacity.ts';
import { expectationFailed } from './expectation-failed.ts';
import { expectationUnjudged } from './expectation-unjudged.ts';
import { hypervisorClass } from './hypervisor-class.ts';
import { memoryCapacity } from './memory-capacity.ts';
import { memoryLimit } from './memory-limit.ts';
import { memoryOvercommit } from './memory-overcommit.ts';
import { memoryReserve } from './memory-reserve.ts';
import { nestedOff } from './nested-off.ts';
import { osFamilyCheck } from './os-family.ts';
import { osMissing } from './os-missing.ts';
import { vcpusAboveHost } from './vcpus-above-host.ts';

export const checks: readonly Check[] = [
    osFamilyCheck,
    hypervisorClass,
    osMissing,
    nestedOff,
    afterCycle,
    afterStopped,
    memoryCapacity,
    memoryLimit,
    memoryReserve,
    memoryOvercommit,
    diskCapacity,
    cpuReserve,
    cpuOvercommit,
    cpuSetBeyond,
    vcpusAboveHost,
    cpuThrottled,
    cpuContended,
    expectationFailed,
    expectationUnjudged,
];

export function findings(context: CheckContext): readonly Finding[] {
    return checks.flatMap((check) => [...check.run(context)]);
}
