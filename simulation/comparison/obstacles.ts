/** What can run in a way at all, and why the rest can not. */
import type { OsFamily } from '../model/definitions.ts';
import type { Finding } from '../model/finding.ts';
import type { Result } from '../model/result.ts';
import type { WayName } from './comparison.ts';
import type { Unit } from './selection.ts';
import { type Ground, microSystem } from './variants.ts';

/** Findings that say that something can not run, however much room there is. */
const fatalCodes: ReadonlySet<Finding['code']> = new Set([
    'os-family',
    'os-missing',
    'hypervisor-class',
    'nested-off',
    'arch-unknown',
    'kernel-too-old',
    'windows-build',
    'vcpus-above-host',
]);

/** One line for each reason; none where all can run. */
export function obstacles(way: WayName, units: readonly Unit[], ground: Ground, result: Result): readonly string[] {
    const own = [...wrongPrograms(way, units, ground), ...wrongHost(way, units, ground)];
    if (own.length > 0) return own;
    return result.findings.filter(({ code, severity }) => severity === 'error' && fatalCodes.has(code)).map(({ message }) => message);
}

/** Families of programs and images that this way could run on such a host. */
export function familiesOf(way: WayName, units: readonly Unit[], ground: Ground): readonly OsFamily[] {
    const { definitions, engine } = ground;
    const all = [...new Set([...definitions.operatingSystems.values()].map(({ family }) => family))].sort();
    const host = hostFamily(units, ground);
    switch (way) {
        case 'bare':
        case 'vms':
            return all;
        case 'containers': {
            const runs = definitions.engineTypes.get(engine.type)?.runs ?? [];
            const listed = runs.length === 0 ? [host] : runs.filter(({ on }) => on === host).map(({ image }) => image);
            return [...new Set(listed)].sort();
        }
        case 'gvisor':
        case 'kata':
        case 'firecracker':
            return [confinedFamily(way, ground)];
        default:
            return way satisfies never;
    }
}

/** What runs in a sandbox or micro-VM has to be of one family, however many the host or its hypervisor could carry. */
function* wrongPrograms(way: WayName, units: readonly Unit[], ground: Ground): Generator<string> {
    if (way !== 'gvisor' && way !== 'kata' && way !== 'firecracker') return;
    const family = confinedFamily(way, ground);
    for (const unit of units)
        if (unit.family !== family)
            yield `${unit.name} consists of ${familyNames[unit.family]} programs, and ${wayTitles[way]} runs ${familyNames[family]} ones only`;
}

/** Firecracker is a program on Linux's KVM; the runtimes stand where their engine does, which may bring a machine of its own. */
function* wrongHost(way: WayName, units: readonly Unit[], ground: Ground): Generator<string> {
    const family = hostFamily(units, ground);
    if (way === 'firecracker' && family !== 'linux') yield `${wayTitles[way]} needs a Linux host with KVM, and ${ground.host.name} runs ${familyNames[family]}`;
}

/** Of the system that stands around each workload: the runtime's, or the micro-VM's. */
function confinedFamily(way: 'gvisor' | 'kata' | 'firecracker', { definitions }: Ground): OsFamily {
    const system = way === 'firecracker' ? microSystem : definitions.runtimeTypes.get(way)?.os;
    return (system === undefined ? undefined : definitions.operatingSystems.get(system)?.family) ?? 'linux';
}

/** Of the host as the ways have it: bare metal gets the system of the first workload. */
function hostFamily([first]: readonly Unit[], { host, definitions }: Ground): OsFamily {
    const system = host.os ?? first?.os;
    return (system === undefined ? undefined : definitions.operatingSystems.get(system.name)?.family) ?? 'linux';
}

const wayTitles = { gvisor: 'gVisor', kata: 'Kata', firecracker: 'Firecracker' } as const;

const familyNames: Readonly<Record<OsFamily, string>> = { linux: 'Linux', windows: 'Windows', macos: 'macOS', freebsd: 'FreeBSD', other: 'other' };
