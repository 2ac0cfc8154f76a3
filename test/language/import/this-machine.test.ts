/** A machine's own texts make a host with its real size; what a machine has not, is told and does not keep it from being one. */
import { describe, expect, test } from 'vitest';
import { bodyOf, complaintsAbout, importTexts } from '../../helpers/imports.ts';

const server = {
    'node.json': JSON.stringify({ machine: [{ hostname: 'rack1', platform: 'linux', arch: 'x64', cpus: 16, memory: 68_719_476_736 }] }),
    'lscpu.json': JSON.stringify({
        lscpu: [
            { field: 'Architecture:', data: 'x86_64', children: [{ field: 'CPU op-mode(s):', data: '32-bit, 64-bit' }] },
            { field: 'CPU(s):', data: '16', children: [{ field: 'On-line CPU(s) list:', data: '0-11,14' }] },
        ],
    }),
    'lsblk.json': JSON.stringify({
        blockdevices: [
            { name: 'nvme0n1', type: 'disk', size: 2_000_398_934_016, children: [{ name: 'nvme0n1p1', type: 'part', size: 1e9 }] },
            { name: 'sda', type: 'disk', size: '256060514304' },
            { name: 'zram0', type: 'disk', size: 8e9 },
            { name: 'loop0', type: 'loop', size: 1e6 },
            { name: 'sr0', type: 'rom', size: 1e9 },
            { name: 'fd0', type: 'disk', size: 4096 },
        ],
    }),
    'network.json': JSON.stringify([
        { name: 'lo', type: '772', speed: '', isVirtual: true },
        { name: 'docker0', type: '1', speed: '10000', isVirtual: true },
        { name: 'eno1', type: '1', speed: '10000', isVirtual: false },
        { name: 'eno2', type: '1', speed: '-1', isVirtual: false },
    ]),
    meminfo: 'MemTotal:       65734012 kB\nMemFree:        1 kB\nSwapTotal:       8388604 kB\n',
    cpuinfo: 'processor\t: 0\nmodel name\t: x\n\nprocessor\t: 1\n',
    'os-release': 'PRETTY_NAME="Ubuntu 24.04 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n',
};

test('a machine is written with its CPUs, memory, disks and cards', () => {
    const imported = importTexts('this-machine', server);
    expect(bodyOf(imported)).toBe(`host rack1 {
  cpu 13 cores
  memory 64193 MiB
  swap 8191 MiB
  os ubuntu "24.04"

  disk nvme0n1 { size 1953514584 KiB }
  disk sda { size 250059096 KiB }
  nic eno1 { bandwidth 1.25 GB/s }
  nic eno2 {}
}
`);
    expect(complaintsAbout(imported.text)).toEqual([]);
    expect(imported.report).toEqual(['1 [3] not-carried-over: The speed of eno2 is not known: it is down, or has none']);
});

test('a machine without lscpu and lsblk is one, too', () => {
    const { text, report } = importTexts('this-machine', {
        cpuinfo: server.cpuinfo,
        meminfo: server.meminfo,
        'os-release': 'ID=arch\nPRETTY_NAME="Arch Linux"\n',
    });
    expect(text).toContain('host machine {\n  cpu 2 cores\n  memory 64193 MiB\n  swap 8191 MiB\n  os linux\n}');
    expect(report.map((line) => line.replace(/^\d+ +/, ''))).toEqual([
        'not-carried-over: There is no lscpu, so CPUs are counted by what else is known',
        'not-carried-over: There is no lsblk, so disks are not known',
        'not-carried-over: There is no /sys/class/net, so network cards are not known',
        'approximated: The system is Arch Linux: the text says linux',
    ]);
});

test('a machine of which only Node.js knows has a size, and its system', () => {
    const mac = { machine: [{ hostname: 'Lenas-MacBook.local', platform: 'darwin', arch: 'arm64', cpus: 10, memory: 34_359_738_368 }] };
    expect(importTexts('this-machine', { 'node.json': JSON.stringify(mac) }).text).toContain(
        'host Lenas-MacBook-local {\n  cpu 10 cores\n  memory 32 GiB\n  os macos\n  arch arm64\n}',
    );
});

test('a control group that leaves less makes the machine as small', () => {
    const { text } = importTexts('this-machine', { ...server, 'cpu.max': '150000 100000\n', 'memory.max': '2147483648\n' });
    expect(text).toContain('cpu 1.5 cores  // of 13 CPUs; the control group leaves no more\n');
    expect(text).toContain('memory 2 GiB  // of 64193 MiB; the control group leaves no more\n');
    expect(importTexts('this-machine', { ...server, 'cpu.max': 'max 100000\n', 'memory.max': 'max\n' }).text).toContain('cpu 13 cores\n  memory 64193 MiB\n');
});

test('a machine that says nothing has no size', () => {
    const imported = importTexts('this-machine', { meminfo: '' });
    expect(imported.text).toContain('label size "unknown"');
    expect(complaintsAbout(imported.text)).toEqual([]);
});

test('a virtual machine says so', () => {
    const lscpu = JSON.stringify({
        lscpu: [
            { field: 'CPU(s):', data: '2' },
            { field: 'Hypervisor vendor:', data: 'KVM' },
        ],
    });
    expect(importTexts('this-machine', { ...server, 'lscpu.json': lscpu }).report.join()).toContain('The machine is a virtual one of KVM');
});

describe('is refused at its place:', () => {
    test.each([
        ['an output that is cut off', { 'lscpu.json': '{ "lscpu": [' }, /^lscpu\.json:1:\d+ {2}yaml-syntax/],
        ['an output of another shape', { 'lsblk.json': '{ "blockdevices": { "name": "sda" } }' }, /^lsblk\.json:1:\d+ blockdevices this-machine-type/],
    ])('%s', (_, texts, message) => {
        expect(importTexts('this-machine', { ...server, ...texts }).errors[0]).toMatch(message);
    });
});
