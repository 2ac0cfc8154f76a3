/** What a service may do to the kernel and to the host. */
import { commented, type DraftStatement, quantity, statement, word } from '../draft.ts';
import { itemsOf, textOf } from '../yaml/yaml-node.ts';
import type { Service, ServicePart } from './service.ts';

/** User ids are 32 bits wide. */
const largestUser = 2 ** 32 - 1;

export const servicePrivileges: ServicePart = {
    keys: ['privileged', 'cap_add', 'cap_drop', 'security_opt', 'user', 'read_only'],
    write: (service) => [
        ...user(service),
        ...(service.isOn('privileged') ? [statement('privileged', word('on'))] : []),
        ...capabilities(service, 'cap_add', 'add'),
        ...capabilities(service, 'cap_drop', 'drop'),
        ...securityOptions(service),
        ...(service.isOn('read_only') ? [statement('read-only', word('on'))] : []),
    ],
};

function capabilities(service: Service, key: string, action: string): readonly DraftStatement[] {
    const names = itemsOf(service.value(key)).flatMap((item) => {
        const name = textOf(item)?.toUpperCase().replace(/^CAP_/, '') ?? '';
        if (!/^[A-Z][A-Z0-9_]*$/.test(name)) {
            service.unreadable(item, service.place(key).path, `${JSON.stringify(name)} is no capability`, 'Write one like NET_ADMIN.');
            return [];
        }
        return [name];
    });
    return [...new Set(names)].map((name) => statement('capability', word(action), word(name)));
}

/** The group does not matter to anything here; a name means a number only inside the image. */
function user(service: Service): readonly DraftStatement[] {
    const [given] = service.text('user')?.split(':') ?? [];
    if (given === undefined || given === '' || given === 'root') {
        return [];
    }
    if (/^\d+$/.test(given) && Number(given) <= largestUser) {
        return [statement('user', quantity(Number(given), 'number'))];
    }
    service.note(['user'], 'not-carried-over', `only the image knows the number of the user ${given}, so it counts as root`, 'Say user with the number.');
    return [];
}

function securityOptions(service: Service): readonly DraftStatement[] {
    return itemsOf(service.value('security_opt')).flatMap((item) => {
        const option = textOf(item) ?? '';
        const [, name = option, value = ''] = /^([\w-]+)[:=](.*)$/.exec(option) ?? [];
        if (name === 'no-new-privileges' && value !== 'false') {
            return [statement('no-new-privileges', word('on'))];
        }
        if (name === 'seccomp' && value === 'unconfined') {
            return [statement('seccomp', word('unconfined'))];
        }
        if (name === 'seccomp' && value !== 'builtin') {
            service.project.log.note(
                { at: item.at, path: service.place('security_opt').path },
                'approximated',
                'a filter of its own counts as the default one',
                'Nothing, if it allows no more.',
            );
            return [commented(option, statement('seccomp', word('default')))];
        }
        if (name !== 'no-new-privileges') {
            service.project.log.note(
                { at: item.at, path: service.place('security_opt').path },
                'not-carried-over',
                `${option} is nothing that is modelled`,
                'Nothing: walls are told without it.',
            );
        }
        return [];
    });
}
