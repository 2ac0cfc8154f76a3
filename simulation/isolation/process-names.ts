/** What a kernel's list of processes calls the elements that stand on it. */
import { at } from '../model/columns.ts';
import { elementAt, type TopologyIndex } from '../model/topology-index.ts';
import { isSandboxed } from './namespaces.ts';

/** Whether a kernel sees one process in place of what stands inside. */
export function isOpaque(index: TopologyIndex, number: number): boolean {
    const element = index.elements[number];
    return element?.kind === 'vm' || (element?.kind === 'container' && (at(index.kernel, number) === number || isSandboxed(index, number)));
}

/** What a kernel's list calls an element; undefined where it is no process. */
export function nameIn(index: TopologyIndex, number: number): string | undefined {
    const element = index.elements[number];
    switch (element?.kind) {
        case 'process':
            return element.name;
        case 'vm':
            return monitorOf(index, number);
        case 'container':
            if (at(index.kernel, number) === number) return qemuFor(index, number);
            return isSandboxed(index, number) ? 'runsc-sandbox' : nameOfUndescribed(index, number);
        default:
            return undefined;
    }
}

/** A container runs something even where the text does not say what: it shows by its image. */
export function nameOfUndescribed(index: TopologyIndex, number: number): string | undefined {
    const element = index.elements[number];
    if (element?.kind !== 'container' || element.children.length > 0) return undefined;
    return element.image?.reference ?? element.name;
}

/** The process that a VM is to its host: the vendors' own names. A type that is not listed shows by its name. */
function monitorOf(index: TopologyIndex, number: number): string {
    const hypervisor = elementAt(index, at(index.carrier, number), 'hypervisor');
    if (hypervisor === undefined) return productMonitor(index, number);
    return monitors.get(hypervisor.type) ?? (hypervisor.type === 'kvm' || hypervisor.type === 'qemu' ? qemuFor(index, number) : hypervisor.type);
}

const monitors: ReadonlyMap<string, string> = new Map([
    ['esxi', 'vmx'],
    ['hyper-v', 'vmwp.exe'],
    ['virtualbox', 'VBoxHeadless'],
    ['vmware-workstation', 'vmware-vmx'],
    ['firecracker', 'firecracker'],
    ['cloud-hypervisor', 'cloud-hypervisor'],
]);

/** What a product's own machine runs under, by the system that it stands on. */
function productMonitor(index: TopologyIndex, number: number): string {
    const below = index.elements[at(index.kernel, at(index.carrier, number))];
    const os = below?.kind === 'host' || below?.kind === 'vm' ? below.os?.name : undefined;
    const family = os === undefined ? undefined : index.topology.definitions.operatingSystems.get(os)?.family;
    if (family === 'macos') return 'com.apple.Virtualization.VirtualMachine';
    return family === 'windows' ? 'vmmem' : qemuFor(index, number);
}

function qemuFor(index: TopologyIndex, number: number): string {
    const element = index.elements[number];
    const host = elementAt(index, at(index.host, number), 'host');
    const arch = (element?.kind === 'vm' ? element.arch : undefined) ?? host?.arch ?? 'amd64';
    return `qemu-system-${arch === 'amd64' ? 'x86_64' : arch === 'arm64' ? 'aarch64' : arch}`;
}
