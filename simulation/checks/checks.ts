/** All rules over a computed state, in the order in which their findings are told. */
import type { Finding } from '../model/finding.ts';
import { afterCycle } from './after-cycle.ts';
import { afterStopped } from './after-stopped.ts';
import { archEmulated } from './arch-emulated.ts';
import { archUnknown } from './arch-unknown.ts';
import type { Check, CheckContext } from './check.ts';
import { cpuContended } from './cpu-contended.ts';
import { cpuOvercommit } from './cpu-overcommit.ts';
import { cpuReserve } from './cpu-reserve.ts';
import { cpuSetBeyond } from './cpu-set-beyond.ts';
import { cpuThrottled } from './cpu-throttled.ts';
import { dangerousCapability } from './dangerous-capability.ts';
import { deviceAccess } from './device-access.ts';
import { diskCapacity } from './disk-capacity.ts';
import { dockerInLxc } from './docker-in-lxc.ts';
import { engineSocketMounted } from './engine-socket-mounted.ts';
import { expectationFailed } from './expectation-failed.ts';
import { expectationUnjudged } from './expectation-unjudged.ts';
import { hostNamespace } from './host-namespace.ts';
import { hypervisorClass } from './hypervisor-class.ts';
import { ioContended } from './io-contended.ts';
import { ioThrottled } from './io-throttled.ts';
import { kernelTooOld } from './kernel-too-old.ts';
import { memoryCapacity } from './memory-capacity.ts';
import { memoryLimit } from './memory-limit.ts';
import { memoryOom } from './memory-oom.ts';
import { memoryOvercommit } from './memory-overcommit.ts';
import { memoryReserve } from './memory-reserve.ts';
import { missingCpuLimit } from './missing-cpu-limit.ts';
import { missingMemoryLimit } from './missing-memory-limit.ts';
import { missingPidsLimit } from './missing-pids-limit.ts';
import { mixedSensitivity } from './mixed-sensitivity.ts';
import { nestedOff } from './nested-off.ts';
import { noNewPrivilegesMissing } from './no-new-privileges-missing.ts';
import { osFamilyCheck } from './os-family.ts';
import { osMissing } from './os-missing.ts';
import { privilegedContainer } from './privileged-container.ts';
import { restartLoop } from './restart-loop.ts';
import { rootUser } from './root-user.ts';
import { runCut } from './run-cut.ts';
import { seccompUnconfined } from './seccomp-unconfined.ts';
import { sensitiveMount } from './sensitive-mount.ts';
import { vcpusAboveHost } from './vcpus-above-host.ts';
import { vmForOneProcess } from './vm-for-one-process.ts';
import { windowsBuild } from './windows-build.ts';
import { writableRoot } from './writable-root.ts';

export const checks: readonly Check[] = [
    osFamilyCheck,
    windowsBuild,
    kernelTooOld,
    archUnknown,
    archEmulated,
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
    privilegedContainer,
    engineSocketMounted,
    hostNamespace,
    dangerousCapability,
    deviceAccess,
    sensitiveMount,
    mixedSensitivity,
    dockerInLxc,
    seccompUnconfined,
    rootUser,
    noNewPrivilegesMissing,
    writableRoot,
    missingMemoryLimit,
    missingCpuLimit,
    missingPidsLimit,
    vmForOneProcess,
    ioThrottled,
    ioContended,
    memoryOom,
    restartLoop,
    runCut,
    expectationFailed,
    expectationUnjudged,
];

export function findings(context: CheckContext): readonly Finding[] {
    return checks.flatMap((check) => [...check.run(context)]);
}
