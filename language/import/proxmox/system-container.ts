/** A container of Proxmox VE as a draft. Defaults and ranges: pct.conf(5). */
import { commented, type Draft, type DraftStatement, quantity, statement, text, word } from '../draft.ts';
import { type ConfigLine, shortened } from './config-lines.ts';
import type { Settings } from './settings.ts';
import { parseSize } from './sizes.ts';
import { readCpuShares, readStart } from './virtual-machine.ts';

const mebibyte = 2 ** 20;
const bytes = (value: number) => quantity(value, 'memory');
/** Source: pct.conf(5), `mp[n]` and `dev[n]`. */
const mostOfAKind = 256;

/** What only containers have. */
export const isContainer = (settings: Settings): boolean =>
    ['rootfs', 'hostname', 'unprivileged', 'swap', 'lxc.arch', 'lxc.include'].some((key) => settings.has(key));

export function readSystemContainer(settings: Settings, id: string | undefined): Draft {
    const memory = settings.whole('memory', { min: 16, max: 2 ** 32 }) ?? 512;
    const swap = settings.whole('swap', { min: 0, max: 2 ** 32 }) ?? 512;
    if (settings.line('rootfs') === undefined) {
        settings.refuse(settings.located, 'A container must have a rootfs', 'Write its root file system, as in `rootfs: local-lvm:vm-100-disk-0,size=8G`.');
    }
    return {
        kind: 'container',
        name: settings.line('hostname')?.value ?? `ct-${id ?? 'unnamed'}`,
        statements: [
            ...(id === undefined ? [] : [statement('label vmid', text(id))]),
            ...readCpu(settings),
            ...readCpuShares(settings),
            statement('memory limit', bytes(memory * mebibyte)),
            ...(swap === 0 ? [] : [statement('memory swap', bytes(swap * mebibyte))]),
            ...readPrivilege(settings),
            ...readMounts(settings),
            ...readDevices(settings),
            ...readStart(settings),
        ],
        children: [],
    };
}

/** `cores` gives as many CPUs, whichever are free; `cpulimit` gives so much time. The smaller holds. */
function readCpu(settings: Settings): readonly DraftStatement[] {
    const cores = settings.whole('cores', { min: 1, max: 8192 });
    const limit = settings.decimal('cpulimit', { min: 0, max: 8192 });
    const line = settings.line('cores');
    if (line !== undefined && cores !== undefined && (limit === undefined || limit === 0 || cores <= limit)) {
        settings.note(
            line,
            'approximated',
            `cores is ${cores}: it runs on so many CPUs, whichever the host picks; the text says a limit of as many`,
            'Write `cpu set` if you know which CPUs.',
        );
        return [statement('cpu limit', quantity(cores, 'cpu'))];
    }
    return limit === undefined || limit === 0 ? [] : [statement('cpu limit', quantity(limit, 'cpu'))];
}

/** Containers have a user namespace unless they are privileged, which Proxmox VE says by leaving `unprivileged` out. */
function readPrivilege(settings: Settings): readonly DraftStatement[] {
    const features = settings.line('features');
    if (features !== undefined) {
        settings.note(
            features,
            'not-carried-over',
            `features is ${features.value}`,
            'Where an engine runs inside, put it into a VM: the language has no engine in a container.',
        );
    }
    return settings.flag('unprivileged') === true ? [] : [commented('not `unprivileged`: root in it is root of the host', statement('privileged', word('on')))];
}

/** Paths of the host become mounts; volumes are told with their sizes, because no disk stands in a container. */
function readMounts(settings: Settings): readonly DraftStatement[] {
    const keys = ['rootfs', ...Array.from({ length: mostOfAKind }, (_, number) => `mp${number}`)];
    return keys.flatMap((key) => {
        const line = settings.line(key);
        return line === undefined ? [] : readMount(line, settings);
    });
}

function readMount(line: ConfigLine, settings: Settings): readonly DraftStatement[] {
    const parts = settings.parts(line, 'volume');
    const volume = parts.get('volume') ?? '';
    const target = line.key === 'rootfs' ? '/' : parts.get('mp');
    const size = parts.get('size');
    if (volume === '' || target === undefined) {
        settings.refuse(
            line,
            `${line.key} is ${shortened(line.value)}, without ${volume === '' ? 'a volume' : 'the path where it is mounted'}`,
            'Write it as `local-lvm:vm-100-disk-0,mp=/data,size=8G`.',
        );
        return [];
    }
    if (size !== undefined && size !== '0T' && parseSize(size) === undefined) {
        settings.refuse(line, `The size of ${line.key} is ${JSON.stringify(size)}`, 'Write a size as `8G`.');
    }
    if (volume.startsWith('/') && line.key !== 'rootfs') {
        return [statement('mount', text(volume), text(target), ...(parts.get('ro') === '1' ? [word('ro')] : []))];
    }
    settings.note(
        line,
        'not-carried-over',
        `${line.key} is a volume${size === undefined ? '' : ` of ${size}`} at ${target}`,
        'Give the host a disk with room for it.',
    );
    return [];
}

function readDevices(settings: Settings): readonly DraftStatement[] {
    return Array.from({ length: mostOfAKind }, (_, number) => `dev${number}`).flatMap((key) => {
        const line = settings.line(key);
        const path = line && settings.parts(line, 'path').get('path');
        return path === undefined ? [] : [statement('device', text(path))];
    });
}
