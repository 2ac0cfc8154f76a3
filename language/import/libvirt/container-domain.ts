/** A domain of LXC or OpenVZ as a draft of a container. Source: libvirt, "LXC container driver". */
import { commented, type Draft, type DraftStatement, quantity, statement, text, word } from '../draft.ts';
import { readName, readRestart } from './domain.ts';
import { readQuota, readShares } from './domain-cpu.ts';
import type { DomainReader } from './domain-reader.ts';

export function readContainerDomain(reader: DomainReader): Draft {
    const memory = reader.memory(reader.at('memory'));
    return {
        kind: 'container',
        name: readName(reader),
        statements: [
            ...readShares(reader),
            // The quota of a container holds for all of it.
            ...readQuota(reader, 1),
            ...(memory === undefined || memory === 0 ? [] : [statement('memory limit', quantity(memory, 'memory'))]),
            ...readUserNamespace(reader),
            ...readFileSystems(reader),
            ...readRestart(reader),
        ],
        children: [],
    };
}

function readUserNamespace(reader: DomainReader): readonly DraftStatement[] {
    return reader.at('idmap') === undefined ? [commented('no `idmap`: root in it is root of the host', statement('privileged', word('on')))] : [];
}

function readFileSystems(reader: DomainReader): readonly DraftStatement[] {
    return reader.walk.children(reader.at('devices'), 'filesystem').flatMap((element) => {
        const source = reader.walk.attribute(reader.walk.child(element, 'source'), 'dir');
        const target = reader.walk.attribute(reader.walk.child(element, 'target'), 'dir');
        const isReadOnly = reader.walk.child(element, 'readonly') !== undefined;
        reader.walk.attribute(element, 'type');
        if (source === undefined || target === undefined || target === '/') {
            reader.note(
                element,
                'not-carried-over',
                `A file system${target === undefined ? '' : ` at ${target}`}`,
                'Nothing to do: only directories of the host are mounts.',
            );
            return [];
        }
        return [statement('mount', text(source), text(target), ...(isReadOnly ? [word('ro')] : []))];
    });
}
