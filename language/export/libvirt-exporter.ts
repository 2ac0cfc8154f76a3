/** Writes one virtual machine as a domain of libvirt. Source: libvirt, formatdomain. */
import type { Disk, Element, Vm } from '#simulation/model/topology.ts';
import { ExportLog } from './export-log.ts';
import { type Exported, type Exporter, type ExportInput, selectedElements } from './exporter.ts';

export const libvirtExporter: Exporter = {
    name: 'libvirt',
    title: 'libvirt domain XML',
    write: (input) => {
        const vms = selectedElements(input).filter((element): element is Vm => element.kind === 'vm');
        const [vm] = vms;
        if (vm === undefined || vms.length > 1) {
            const names = vms.slice(0, 5).map(({ id }) => id);
            return {
                kind: 'unfit',
                because: vm === undefined ? 'there is no VM in it' : `a domain is one VM, and there are ${vms.length}: select one of ${names.join(', ')}`,
            };
        }
        return write(vm, input);
    },
};

/** The types of domains by the types of hypervisors. */
const domainTypes: Readonly<Record<string, string>> = { kvm: 'kvm', qemu: 'qemu', xen: 'xen', 'cloud-hypervisor': 'ch', virtualbox: 'vbox' };
/** How libvirt calls architectures. */
const architectures: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64', riscv64: 'riscv64', ppc64le: 'ppc64le', s390x: 's390x' };
/** The shortest period has the finest quota; the kernel's own is this, in microseconds. */
const period = 100_000;

function write(vm: Vm, input: ExportInput): Exported {
    const log = new ExportLog(input);
    const { elements } = input.topology;
    const hypervisor = elements.get(vm.parent ?? vm.id);
    const type = hypervisor?.kind === 'hypervisor' ? domainTypes[hypervisor.type] : undefined;
    if (vm.memory === undefined || vm.vcpus === undefined) {
        return { kind: 'unfit', because: `nobody knows how large ${vm.name} is; give it vcpus and memory` };
    }
    if (type === undefined && hypervisor !== undefined) {
        log.note(hypervisor, undefined, 'approximated', `libvirt has no hypervisor ${hypervisor.name}: it is kvm`, 'Correct the type.');
    }
    const children = vm.children.map((id) => elements.get(id)).filter((child) => child !== undefined);
    noteVm(vm, children, log);
    const disks = children.filter((child): child is Disk => child.kind === 'disk');
    const kib = Math.ceil(vm.memory / 1024);
    const lines = [
        `<domain type='${type ?? 'kvm'}'>`,
        `  <name>${escaped(vm.name)}</name>`,
        `  <memory unit='KiB'>${kib}</memory>`,
        `  <vcpu>${vm.vcpus}</vcpu>`,
        ...tuning(vm),
        '  <os>',
        `    <type arch='${escaped(architectures[vm.arch ?? hostArchitecture(vm, input)] ?? vm.arch ?? 'x86_64')}'>hvm</type>`,
        '  </os>',
        ...(vm.nested ? ["  <cpu mode='host-passthrough'/>"] : []),
        `  <on_crash>${vm.restart === 'no' ? 'destroy' : 'restart'}</on_crash>`,
        ...(disks.length === 0 ? [] : ['  <devices>', ...disks.flatMap((disk, index) => diskLines(vm, disk, index, log)), '  </devices>']),
        '</domain>',
    ];
    return { kind: 'exported', text: `${lines.join('\n')}\n`, report: log.report };
}

function tuning({ cpuWeight, cpuLimit, memoryReserve, memory }: Vm): readonly string[] {
    const cpu = [
        ...(cpuWeight === 100 ? [] : [`    <shares>${cpuWeight}</shares>`]),
        ...(cpuLimit === undefined
            ? []
            : [`    <global_period>${period}</global_period>`, `    <global_quota>${Math.max(Math.round(cpuLimit * period), 1000)}</global_quota>`]),
    ];
    const isLocked = memory !== undefined && memoryReserve >= memory;
    return [
        ...(cpu.length === 0 ? [] : ['  <cputune>', ...cpu, '  </cputune>']),
        ...(isLocked ? ['  <memoryBacking>', '    <locked/>', '  </memoryBacking>'] : []),
        ...(memoryReserve > 0 && !isLocked
            ? ['  <memtune>', `    <min_guarantee unit='KiB'>${Math.ceil(memoryReserve / 1024)}</min_guarantee>`, '  </memtune>']
            : []),
    ];
}

/** libvirt speaks of images, not of their sizes. */
function diskLines(vm: Vm, disk: Disk, index: number, log: ExportLog): readonly string[] {
    const file = `/var/lib/libvirt/images/${vm.name}-${disk.name}.qcow2`;
    log.note(
        disk,
        'size',
        'not-carried-over',
        `The size of ${disk.name}`,
        `Make its image: qemu-img create -f qcow2 ${file}, and its size in bytes${disk.size === undefined ? '' : `, ${disk.size}`}.`,
    );
    const limits = [
        ...(disk.bandwidth === undefined ? [] : [`        <total_bytes_sec>${Math.round(disk.bandwidth)}</total_bytes_sec>`]),
        ...(disk.iops === undefined ? [] : [`        <total_iops_sec>${Math.round(disk.iops)}</total_iops_sec>`]),
    ];
    return [
        "    <disk type='file' device='disk'>",
        "      <driver name='qemu' type='qcow2'/>",
        `      <source file='${escaped(file)}'/>`,
        `      <target dev='vd${diskLetters(index)}' bus='virtio'/>`,
        ...(limits.length === 0 ? [] : ['      <iotune>', ...limits, '      </iotune>']),
        '    </disk>',
    ];
}

/** `a` to `z`, then `aa`. */
const diskLetters = (index: number): string => (index < 26 ? '' : diskLetters(Math.floor(index / 26) - 1)) + String.fromCharCode(97 + (index % 26));

function noteVm(vm: Vm, children: readonly Element[], log: ExportLog): void {
    const unsaid: readonly (readonly [boolean, string, string, string])[] = [
        [vm.replicas !== undefined && vm.replicas !== 1, '', `That there are ${vm.replicas ?? 1} of it`, 'Define the domain as often, each by its own name.'],
        [vm.cpuReserve > 0, 'cpu reserve', 'Its guarantee of CPU', 'Pin its vCPUs to CPUs that nobody else has.'],
        [vm.os !== undefined, 'os', 'Its operating system', 'Install it, or name an image that has it.'],
        [vm.boot !== undefined, 'boot', 'How long it takes to boot', 'Nothing: it is for the simulation.'],
        [!vm.autostart, 'autostart', 'That it does not start by itself', 'Nothing: a domain starts by itself only after virsh autostart.'],
        [vm.hostFailure === 'restart', 'host-failure', 'That it moves when its host fails', 'Let a cluster manager do it.'],
    ];
    for (const [isSaid, key, what, remedy] of unsaid) {
        if (isSaid) {
            log.note(vm, key === '' ? undefined : key, 'not-carried-over', what, remedy);
        }
    }
    for (const child of children) {
        if (child.kind !== 'disk') {
            log.note(child, undefined, 'not-carried-over', `What runs in it: ${child.name}`, 'Install it in the guest.');
        }
    }
}

function hostArchitecture({ parent }: Vm, { topology }: ExportInput): string {
    for (let element = parent === undefined ? undefined : topology.elements.get(parent); element !== undefined; ) {
        if (element.kind === 'host') {
            return element.arch;
        }
        element = element.parent === undefined ? undefined : topology.elements.get(element.parent);
    }
    return 'amd64';
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&apos;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>'"]/g, (letter) => entities[letter] ?? letter);
