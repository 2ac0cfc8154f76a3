/** Published medians of times to ready, and what the catalog gives through a run. */
import { story } from '../helpers/scenario-runs.ts';

export interface BootTime {
    readonly name: string;
    /** Seconds. */
    readonly published: number;
    readonly computed: number;
    readonly source: string;
}

/** A machine large enough that nothing is contended, on at 0. */
export const largeMachine = (inside: string, system = 'os linux'): string => `host m { cpu 96 cores  memory 384 GiB  boot 0 s  ${system}\n${inside}\n}`;

export const guestOf = (type: string, os: string, replicas = ''): string =>
    `hypervisor ${type} { overcommit cpu 20 vm v${replicas} { vcpus 1  memory 256 MiB  os ${os} } }`;

const nsdi = 'Agache et al., NSDI 2020, raw data, serial, p50';
const lightVm = 'Manco et al., SOSP 2017, §4.2';

export function bootTimes(): readonly BootTime[] {
    const guest = (name: string, published: number, text: string, source: string): BootTime => ({ name, published, computed: readyAt(text, '.v'), source });
    return [
        guest('QEMU on KVM', 0.2435, largeMachine(guestOf('kvm', 'linux')), nsdi),
        guest('Firecracker', 0.1609, largeMachine(guestOf('firecracker', 'linux')), nsdi),
        guest('Cloud Hypervisor', 0.1025, largeMachine(guestOf('cloud-hypervisor', 'linux')), nsdi),
        guest('Debian on Xen', 2, largeMachine(guestOf('xen', 'debian'), ''), lightVm),
        {
            name: 'Docker',
            published: 0.2,
            computed: readyAt(largeMachine('engine docker { container c { image nginx  process p { cpu 0.1 cores } } }'), '.c'),
            source: lightVm,
        },
    ];
}

function readyAt(text: string, end: string): number {
    return [...story(text).lives.values()].find(({ path }) => path.endsWith(end))?.readyAt ?? Number.NaN;
}
