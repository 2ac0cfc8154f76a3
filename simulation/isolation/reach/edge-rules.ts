/**
 * Every kind of edge that leads up or sideways, those that need nothing broken first.
 *
 * The way down needs no rule: root of a kernel controls all that runs on it, and a hypervisor its guests.
 */
import type { EdgeRule } from './edge.ts';
import { breakOut } from './rules/break-out.ts';
import { dangerousCapability } from './rules/dangerous-capability.ts';
import { device } from './rules/device.ts';
import { engineSocket } from './rules/engine-socket.ts';
import { guestEscape } from './rules/guest-escape.ts';
import { hostMount } from './rules/host-mount.ts';
import { hostProcesses } from './rules/host-processes.ts';
import { privileged } from './rules/privileged.ts';
import { processEscalation } from './rules/process-escalation.ts';
import { sharedNamespace } from './rules/shared-namespace.ts';

export const edgeRules: readonly EdgeRule[] = [
    engineSocket,
    privileged,
    hostProcesses,
    dangerousCapability,
    device,
    hostMount,
    sharedNamespace,
    breakOut,
    processEscalation,
    guestEscape,
];
