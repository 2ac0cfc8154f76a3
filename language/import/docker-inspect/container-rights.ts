/** What a container may do to the kernel and to its host, and what of it it sees. */
import { type DraftStatement, reference, statement, text, word } from '../draft.ts';
import type { Fields } from '../yaml/yaml-fields.ts';

/** The key of the draft of a container, of its ID or name; undefined where it is not among the files. */
export type ContainerKeys = (idOrName: string) => string | undefined;

export const readRights = (container: Fields, config: Fields): readonly DraftStatement[] => [
    ...(config.flag('Privileged') === true ? [statement('privileged', word('on'))] : []),
    ...readCapabilities(config, 'CapDrop', 'drop'),
    ...readCapabilities(config, 'CapAdd', 'add'),
    ...readUser(container),
    ...readOptions(config),
    ...(config.flag('ReadonlyRootfs') === true ? [statement('read-only', word('on'))] : []),
];

function readCapabilities(config: Fields, key: string, action: 'add' | 'drop'): readonly DraftStatement[] {
    const names = config.texts(key).map((item) => item.text.toUpperCase().replace(/^CAP_/, ''));
    for (const name of names.filter((one) => !/^[A-Z][A-Z0-9_]*$/.test(one))) {
        config.refuse(config.locate(key), 'value', `There is no capability ${JSON.stringify(name.slice(0, 60))}`, 'Write one as NET_ADMIN, or ALL.');
    }
    return [...new Set(names)].map((name) => statement('capability', word(action), word(name)));
}

/** A name means a number only inside the image. */
function readUser(container: Fields): readonly DraftStatement[] {
    const config = container.map('Config');
    const [user = ''] = (config?.text('User') ?? '').split(':');
    if (user === '' || user === 'root' || /^0+$/.test(user)) {
        return [];
    }
    if (/^\d{1,10}$/.test(user) && Number(user) < 2 ** 32) {
        return [statement('user', { kind: 'quantity', value: Number(user), dimension: 'number' })];
    }
    config?.note(
        config.locate('User'),
        'not-carried-over',
        `Only the image knows the number of the user ${user.slice(0, 60)}, so it counts as root`,
        'Say `user` with the number.',
    );
    return [];
}

function readOptions(config: Fields): readonly DraftStatement[] {
    return config.texts('SecurityOpt').flatMap(({ text: option, ...located }) => {
        const [, name = option, value = ''] = /^([\w-]+)[:=]([\s\S]*)$/.exec(option) ?? [];
        if (name === 'no-new-privileges' && value !== 'false') {
            return [statement('no-new-privileges', word('on'))];
        }
        if (name === 'seccomp' && value === 'unconfined') {
            return [statement('seccomp', word('unconfined'))];
        }
        if (name === 'seccomp' && value !== 'builtin') {
            config.note(located, 'approximated', 'A filter of its own counts as the default one', 'Nothing to do if it allows no more.');
        } else if (name !== 'no-new-privileges' && name !== 'seccomp') {
            config.note(located, 'not-carried-over', `The option ${option.slice(0, 60)}`, 'Nothing to do: the model knows no wall of its kind.');
        }
        return [];
    });
}

const kinds = [
    ['PidMode', 'pid'],
    ['NetworkMode', 'network'],
    ['IpcMode', 'ipc'],
    ['UTSMode', 'uts'],
    ['UsernsMode', 'user'],
    ['CgroupnsMode', 'cgroup'],
] as const;

/** Its own, the host's, or another container's; any other network than these is one that Docker made. */
export function readNamespaces(config: Fields, keyOf: ContainerKeys): readonly DraftStatement[] {
    return kinds.flatMap(([key, kind]) => {
        const mode = config.text(key) ?? '';
        if (mode === 'host') {
            return [statement(`namespace ${kind}`, word('host'))];
        }
        if (!mode.startsWith('container:')) {
            return [];
        }
        const target = keyOf(mode.slice('container:'.length));
        if (target === undefined) {
            config.note(
                config.locate(key),
                'not-carried-over',
                `The container ${mode.slice('container:'.length, 80)} is not described here`,
                `Say \`namespace ${kind}\` with it.`,
            );
        }
        return target === undefined ? [] : [statement(`namespace ${kind}`, reference(target))];
    });
}

/** `Mounts` is what there is; `Binds` is what was asked for, where nothing runs yet. */
export function readMounts(container: Fields, config: Fields): readonly DraftStatement[] {
    const mounts = container.maps('Mounts');
    const binds = config.texts('Binds');
    if (!container.has('Mounts') || mounts.length === 0) {
        return binds.flatMap(({ text: bind }) => {
            const [, source = '', target = '', options = ''] = /^((?:[A-Za-z]:)?[^:]*):((?:[A-Za-z]:)?[^:]*)(?::(.*))?$/.exec(bind) ?? [];
            return source === '' || target === '' ? [] : [mountOf(source, target, options.split(',').includes('ro'))];
        });
    }
    return mounts.flatMap((mount) => {
        const [type, source, target] = [mount.text('Type'), mount.text('Source'), mount.text('Destination')];
        const name = mount.text('Name');
        const isWritable = mount.flag('RW') !== false;
        mount.passOver('Driver', 'Mode', 'Propagation', 'Options');
        const from = type === 'volume' ? name : source;
        if (from === undefined || from === '' || type === 'tmpfs') {
            mount.note(
                mount,
                'not-carried-over',
                `${type === 'tmpfs' ? 'Memory as a file system' : 'A volume without a name'}: nobody else sees it`,
                'Nothing to do.',
            );
            return [];
        }
        if (target === undefined) {
            mount.refuse(mount, 'required', 'A mount must have a Destination', 'Write what `docker inspect` prints.');
        }
        return [mountOf(from, target ?? '', !isWritable)];
    });
}

const mountOf = (source: string, target: string, isReadOnly: boolean): DraftStatement =>
    statement('mount', text(source), text(target), ...(isReadOnly ? [word('ro')] : []));

export function readDevices(config: Fields): readonly DraftStatement[] {
    return config.maps('Devices').flatMap((device) => {
        const path = device.text('PathOnHost');
        device.passOver('PathInContainer', 'CgroupPermissions');
        return path === undefined ? [] : [statement('device', text(path))];
    });
}
