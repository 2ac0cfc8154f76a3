/** Guests of Proxmox VE become virtual machines and containers of one host. */
import { describe, expect, test } from 'vitest';
import { bodyOf, complaintsAbout, importTexts } from '../../helpers/imports.ts';

const vm = (...lines: readonly string[]) => importTexts('proxmox', { '100.conf': lines.join('\n') });
const ct = (...lines: readonly string[]) => importTexts('proxmox', { '200.conf': ['rootfs: local-lvm:vm-200-disk-0,size=8G', ...lines].join('\n') });

describe('a virtual machine', () => {
    test('is written with its CPUs, memory, disks and start', () => {
        const imported = vm(
            '#The shop',
            'name: shop.example.com',
            'cores: 4',
            'sockets: 2',
            'vcpus: 6',
            'memory: 8192',
            'balloon: 4096',
            'cpulimit: 3.5',
            'cpuunits: 200',
            'cpu: host',
            'ostype: l26',
            'onboot: 1',
            'scsi0: local-lvm:vm-100-disk-0,discard=on,iops=1000,mbps=200,size=32G',
            'ide2: local:iso/debian.iso,media=cdrom,size=600M',
        );
        expect(bodyOf(imported)).toBe(`// The files of guests do not say how large their host is: give it its \`cpu\` and \`memory\`.
host proxmox {
  label size "unknown"
  os debian

  hypervisor kvm {
    balloon on  // some guests have a minimum below their memory

    vm shop-example-com {
      label vmid "100"
      vcpus 6
      memory 8 GiB
      memory reserve 4 GiB
      cpu weight 200
      cpu limit 3.5 cores
      os linux
      nested on  // the CPU type \`host\` shows the guest the CPU’s virtualisation

      disk scsi0 {
        size 32 GiB
        iops 1000
        bandwidth 200 MiB/s
      }
    }
  }
}
`);
        expect(complaintsAbout(imported.text)).toEqual([]);
    });

    test('has one CPU and 512 MiB where it says nothing, and starts by hand', () => {
        expect(vm('# nothing at all').text).toContain('vcpus 1\n      memory 512 MiB\n      autostart off');
    });

    test('is translated without KVM, and on another architecture', () => {
        const imported = importTexts('proxmox', { '1.conf': 'kvm: 0\nname: slow', '2.conf': 'arch: aarch64\nname: arm', '3.conf': 'name: fast' });
        expect(imported.text).toMatch(/hypervisor kvm \{\n {4}vm fast[\s\S]*hypervisor qemu \{\n {4}vm slow[\s\S]*vm arm[\s\S]*arch arm64/);
        expect(complaintsAbout(imported.text)).toEqual([]);
    });

    test.each([
        ['win11', 16384, 'os windows "11"'],
        ['win10', 1024, 'os small-windows "10"'],
        ['w2k8', 4096, 'os windows-server "2008"'],
        ['l26', 512, 'os linux'],
    ])('of type %s with %i MiB runs %s', (type, memory, os) => {
        const imported = vm(`ostype: ${type}`, `memory: ${memory}`);
        expect(imported.text).toContain(os);
        expect(complaintsAbout(imported.text)).toEqual([]);
    });

    test('of a template, or without `onboot`, takes nothing', () => {
        expect(vm('template: 1', 'onboot: 1').text).toContain('autostart off');
        expect(vm('onboot: 1').text).not.toContain('autostart');
    });
});

describe('a container', () => {
    test('is written with its limits, mounts and privilege', () => {
        const imported = ct(
            'hostname: db',
            'arch: amd64',
            'cores: 2',
            'memory: 1024',
            'swap: 256',
            'unprivileged: 1',
            'onboot: 1',
            'features: nesting=1',
            'mp0: /srv/data,mp=/data,ro=1',
            'mp1: local-lvm:vm-200-disk-1,mp=/var/lib,size=20G',
            'dev0: /dev/dri/renderD128,gid=104',
        );
        expect(imported.text).toContain(`  engine lxc {
    container db {
      label vmid "200"
      cpu limit 2 cores
      memory limit 1 GiB
      memory swap 256 MiB
      mount "/srv/data" "/data" ro
      device "/dev/dri/renderD128"
    }
  }`);
        expect(complaintsAbout(imported.text)).toEqual([]);
        expect(imported.report).toEqual(
            expect.arrayContaining(['9 features not-carried-over: features is nesting=1', '11 mp1 not-carried-over: mp1 is a volume of 20G at /var/lib']),
        );
    });

    test('is privileged unless it says that it is not', () => {
        expect(ct('hostname: a').text).toContain('privileged on');
        expect(ct('unprivileged: 0').text).toContain('privileged on');
    });

    test('is told by the folder, too', () => {
        expect(importTexts('proxmox', { '7.conf': 'rootfs: a:b' }, { folder: 'lxc' }).text).toContain('container ct-7');
    });
});

test('snapshots and what is pending are told, not read', () => {
    const imported = vm('memory: 1024', '[PENDING]', 'memory: 2048', '[before]', 'memory: 4096', 'snaptime: 1', '[special:cloudinit]', 'ciuser: me');
    expect(imported.text).toContain('memory 1 GiB');
    expect(imported.report.filter((line) => line.includes('['))).toEqual([
        '2 [PENDING] not-carried-over: Changes that wait for the next start: memory: 2048',
        '4 [before] not-carried-over: The snapshot before',
        '7 [special:cloudinit] not-carried-over: The section special:cloudinit',
    ]);
});

test('a report holds no password', () => {
    const { outcome } = vm('cipassword: hunter2', 'ciuser: me');
    expect(JSON.stringify(outcome)).not.toContain('hunter2');
});

describe('is refused at its place:', () => {
    test.each([
        ['a line of another grammar', 'memory: 512\nservices', /^100\.conf:2:1 {2}proxmox-line/],
        ['a number of CPUs that is none', 'cores: four', /^100\.conf:1:8 cores proxmox-value cores is "four"/],
        ['no CPU', 'sockets: 0', /^100\.conf:1:10 sockets proxmox-value/],
        ['more vCPUs than there are', 'cores: 2\nvcpus: 3', /^100\.conf:2:8 vcpus proxmox-value/],
        ['memory that is no number', 'memory: NaN', /^100\.conf:1:9 memory proxmox-value/],
        ['memory below nothing', 'memory: -512', /^100\.conf:1:9 memory proxmox-value/],
        ['a minimum above the memory', 'memory: 512\nballoon: 1024', /^100\.conf:2:10 balloon proxmox-value/],
        ['a limit that is no number', 'cpulimit: 1e3', /^100\.conf:1:11 cpulimit proxmox-value/],
        ['a size that is none', 'scsi0: a:b,size=big', /^100\.conf:1:8 scsi0 proxmox-value The size/],
        ['a drive without a volume', 'scsi0: size=1G', /^100\.conf:1:8 scsi0 proxmox-value scsi0 names no volume/],
        ['a part said twice', 'scsi0: a:b,size=1G,size=2G', /proxmox-value size is said twice/],
        ['a system that does not exist', 'ostype: beos', /^100\.conf:1:9 ostype proxmox-value/],
        ['a truth value that is none', 'onboot: maybe', /^100\.conf:1:9 onboot proxmox-value/],
        ['a container without a root', 'hostname: a', /^100\.conf:1:1 {2}proxmox-value A container must have a rootfs/],
        ['some other file', 'foo: bar', /^100\.conf:1:1 {2}proxmox-file/],
        ['bytes', '\u0000\u0001\u0002', /^100\.conf:1:1 {2}proxmox-line/],
    ])('%s', (_, text, message) => {
        expect(importTexts('proxmox', { '100.conf': text }).errors[0]).toMatch(message);
    });
});
