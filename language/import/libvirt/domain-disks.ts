/** The disks of a domain. Their sizes stand in their images, so each is written without one. */
import { type Draft, quantity, statement, unknownSize } from '../draft.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import type { DomainReader } from './domain-reader.ts';

const most = { min: 0, max: Number.MAX_SAFE_INTEGER };

export function readDisks(reader: DomainReader): readonly Draft[] {
    const devices = reader.at('devices');
    return reader.walk.children(devices, 'disk').flatMap((disk, index) => {
        const device = reader.walk.attribute(disk, 'device') ?? 'disk';
        if (device === 'cdrom' || device === 'floppy') {
            reader.note(disk, 'not-carried-over', `A ${device === 'cdrom' ? 'CD-ROM' : 'floppy disk'}`, 'Nothing to do: it takes no room.');
            reader.walk.passOver(disk);
            return [];
        }
        const name = reader.walk.attribute(reader.walk.child(disk, 'target'), 'dev') ?? `disk${index + 1}`;
        const source = reader.walk.child(disk, 'source');
        const where = ['file', 'dev', 'name', 'volume', 'dir'].flatMap((key) => reader.walk.attribute(source, key) ?? [])[0];
        reader.note(
            disk,
            'chosen',
            `The size of ${name} stands in its image${where === undefined ? '' : ` ${where}`}: the disk is written without one`,
            'Give the disk its `size`.',
        );
        const statements = [unknownSize, ...readTuning(reader, reader.walk.child(disk, 'iotune'))];
        reader.walk.passOver(disk);
        return [{ kind: 'disk', name, statements, children: [] }];
    });
}

/** Limits on both directions are carried over, those on one are told. */
function readTuning(reader: DomainReader, iotune: XmlElement | undefined): Draft['statements'] {
    const bytes = reader.whole(reader.walk.child(iotune, 'total_bytes_sec'), most);
    const operations = reader.whole(reader.walk.child(iotune, 'total_iops_sec'), most);
    for (const element of iotune?.children.filter(({ name }) => !name.startsWith('total_') || name.includes('_max')) ?? []) {
        reader.note(element, 'not-carried-over', `${element.name} is ${element.text.trim()}`, 'Give the disk a limit on both directions: `bandwidth`, `iops`.');
    }
    return [
        ...(operations === undefined || operations === 0 ? [] : [statement('iops', quantity(operations, 'number'))]),
        ...(bytes === undefined || bytes === 0 ? [] : [statement('bandwidth', quantity(bytes, 'rate'))]),
    ];
}
