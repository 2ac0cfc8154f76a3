/** The rights of containers. Source: Kubernetes, "Configure a Security Context for a Pod or Container". */
import { commented, type DraftStatement, statement, word } from '../draft.ts';
import type { Fields } from '../yaml/yaml-fields.ts';

const ids = { min: 0, max: 2 ** 31 - 1 };

/** What a Pod says for all its containers. */
export interface PodRights {
    readonly user?: number;
    readonly isNonRoot: boolean;
    readonly seccomp?: SeccompType;
}

type SeccompType = 'Unconfined' | 'RuntimeDefault' | 'Localhost';

export function readPodRights(spec: Fields): PodRights {
    const context = spec.map('securityContext');
    const user = context?.whole('runAsUser', ids);
    const seccomp = readSeccomp(context);
    return {
        ...(user === undefined ? {} : { user }),
        ...(seccomp === undefined ? {} : { seccomp }),
        isNonRoot: context?.flag('runAsNonRoot') === true,
    };
}

/** Statements of a container's rights. On Windows there are neither capabilities nor system call filters. */
export function readRights(container: Fields, pod: PodRights, isWindows: boolean): readonly DraftStatement[] {
    const context = container.map('securityContext');
    const isPrivileged = context?.flag('privileged') === true;
    const mayEscalate = context?.flag('allowPrivilegeEscalation');
    if (context !== undefined && isPrivileged && mayEscalate === false) {
        context.refuse(
            context.locate('allowPrivilegeEscalation'),
            'value',
            'A privileged container can not be kept from more rights',
            'Take out one of the two.',
        );
    }
    return [
        ...(isPrivileged ? [statement('privileged', word('on'))] : []),
        ...readCapabilities(context),
        ...readUser(context, pod),
        ...(isWindows || isPrivileged ? passSeccomp(context) : seccompStatements(readSeccomp(context) ?? pod.seccomp)),
        ...(context?.flag('readOnlyRootFilesystem') === true ? [statement('read-only', word('on'))] : []),
        ...(mayEscalate === false ? [statement('no-new-privileges', word('on'))] : []),
    ];
}

function readCapabilities(context: Fields | undefined): readonly DraftStatement[] {
    const capabilities = context?.map('capabilities');
    return (['drop', 'add'] as const).flatMap((action) =>
        (capabilities?.texts(action) ?? []).flatMap(({ text, ...located }) => {
            const name = text.toUpperCase().replace(/^CAP_/, '');
            if (!/^[A-Z][A-Z0-9_]*$/.test(name)) {
                capabilities?.refuse(located, 'value', `There is no capability ${JSON.stringify(text.slice(0, 60))}`, 'Write one as NET_ADMIN, or ALL.');
                return [];
            }
            return [statement('capability', word(action), word(name))];
        }),
    );
}

function readUser(context: Fields | undefined, pod: PodRights): readonly DraftStatement[] {
    const user = context?.whole('runAsUser', ids) ?? pod.user;
    const isNonRoot = context?.flag('runAsNonRoot') ?? pod.isNonRoot;
    if (user !== undefined) {
        return user === 0 ? [] : [statement('user', { kind: 'quantity', value: user, dimension: 'number' })];
    }
    return isNonRoot
        ? [commented('runAsNonRoot: which user the image names is not known', statement('user', { kind: 'quantity', value: 65_534, dimension: 'number' }))]
        : [];
}

function readSeccomp(context: Fields | undefined): SeccompType | undefined {
    const profile = context?.map('seccompProfile');
    profile?.passOver('localhostProfile');
    return profile?.oneOf('type', ['Unconfined', 'RuntimeDefault', 'Localhost']);
}

function passSeccomp(context: Fields | undefined): readonly DraftStatement[] {
    context?.passOver('seccompProfile');
    return [];
}

/** Without a profile there is no filter, unless the kubelet is told to take the runtime's. */
const seccompStatements = (type: SeccompType | undefined): readonly DraftStatement[] =>
    type === undefined || type === 'Unconfined' ? [statement('seccomp', word('unconfined'))] : [];
