/** The drives of a virtual machine: each `ide`, `sata`, `scsi` and `virtio` that is no CD-ROM becomes a disk. */
import { type Draft, quantity, statement, unknownSize } from '../draft.ts';
import type { ConfigLine } from './config-lines.ts';
import type { Settings } from './settings.ts';
import { parseSize } from './sizes.ts';

/** How many of each there may be. Source: qm.conf(5). */
const buses: Readonly<Record<string, number>> = { ide: 4, sata: 6, scsi: 31, virtio: 16 };

export function readDrives(settings: Settings): readonly Draft[] {
    return Object.entries(buses).flatMap(([bus, count]) =>
        Array.from({ length: count }, (_, number) => `${bus}${number}`).flatMap((key) => {
            const line = settings.line(key);
            return line === undefined ? [] : readDrive(line, settings);
        }),
    );
}

function readDrive(line: ConfigLine, settings: Settings): readonly Draft[] {
    const parts = settings.parts(line, 'file');
    const file = parts.get('file') ?? '';
    if (file === '') {
        settings.refuse(line, `${line.key} names no volume`, 'Write the volume first, as in `local-lvm:vm-100-disk-0,size=32G`.');
        return [];
    }
    if (file === 'none' || file === 'cdrom' || parts.get('media') === 'cdrom') {
        settings.note(line, 'not-carried-over', `${line.key} is a CD-ROM`, 'Nothing to do: it takes no room.');
        return [];
    }
    const written = parts.get('size');
    const size = written === undefined ? undefined : parseSize(written);
    if (written !== undefined && size === undefined) {
        settings.refuse(line, `The size of ${line.key} is ${JSON.stringify(written)}`, 'Write a size as `32G`.');
    }
    if (size === undefined) {
        settings.note(line, 'chosen', `${line.key} says no size: the disk is written without one`, 'Give the disk its `size`.');
    }
    return [
        {
            kind: 'disk',
            name: line.key,
            statements: [
                size === undefined ? unknownSize : statement('size', quantity(size, 'memory')),
                ...readThrottle(line, parts, settings, ['iops', 'iops_rd', 'iops_wr'], (value) => statement('iops', quantity(value, 'number'))),
                ...readThrottle(line, parts, settings, ['mbps', 'mbps_rd', 'mbps_wr'], (value) => statement('bandwidth', quantity(value * 2 ** 20, 'rate'))),
            ],
            children: [],
        },
    ];
}

/** A limit on both directions is carried over; one on a single direction is told. `mbps` counts 2^20 bytes a second. Source: PVE::QemuServer, print_drive_throttle_group. */
function readThrottle<Written>(
    line: ConfigLine,
    parts: ReadonlyMap<string, string>,
    settings: Settings,
    [both, ...single]: readonly [string, ...string[]],
    write: (value: number) => Written,
): readonly Written[] {
    for (const name of single.filter((one) => parts.has(one))) {
        settings.note(
            line,
            'not-carried-over',
            `${name}=${parts.get(name)} limits one direction of ${line.key}`,
            `Give the disk a limit on both: \`${both === 'iops' ? 'iops' : 'bandwidth'}\`.`,
        );
    }
    const written = parts.get(both);
    const value = written === undefined ? undefined : settings.number(line, written, /^\d+(\.\d+)?$/, 'a number', { min: 0 });
    return value === undefined || value === 0 ? [] : [write(value)];
}
