/** Lowers containers. */
import type { Container, ImageChoice, Mount, NamespaceKind, NamespaceTarget } from '#simulation/model/topology.ts';
import { bytes, seconds } from '#simulation/model/units.ts';
import {
    isAfterStatement,
    isCapabilityStatement,
    isImageItem,
    isMountStatement,
    isNamespaceStatement,
    isText,
    type NamespaceStatement,
    type Quantity,
} from '../generated/ast.ts';
import { resolvePath } from '../names/resolve-path.ts';
import { type Lowering, type LoweringContext, lowerCommon, optional, readerOf } from './context.ts';
import type { Declaration } from './declarations.ts';
import { lowerControls } from './group-controls.ts';
import type { StatementReader } from './statement-reader.ts';
import { userName } from './user.ts';
import { restartPolicy } from './vm.ts';

export const namespaceKinds: readonly NamespaceKind[] = ['pid', 'network', 'ipc', 'uts', 'mount', 'user', 'cgroup', 'time'];

export const lowerContainer: Lowering<Container> = (declaration, context) => {
    const read = readerOf(declaration, context);
    const capabilities = (action: string): readonly string[] =>
        read
            .items('capability')
            .filter(isCapabilityStatement)
            .flatMap((item) => (item.action === action && item.name !== undefined ? [item.name] : []));
    return {
        kind: 'container',
        ...lowerCommon(declaration),
        ...lowerControls(read, context),
        ...optional('image', imageChoice(read, context), (image) => image),
        memorySwap: bytes(read.number('memory swap')),
        namespaces: namespaces(declaration, read, context),
        privileged: read.flag('privileged'),
        capabilitiesAdded: capabilities('add'),
        capabilitiesDropped: capabilities('drop'),
        user: userName(read.items('user').at(-1) as Quantity | undefined, context.values) ?? 'root',
        seccomp: read.word('seccomp') === 'unconfined' ? 'unconfined' : 'default',
        readOnly: read.flag('read-only'),
        noNewPrivileges: read.flag('no-new-privileges'),
        mounts: mounts(read),
        devices: read
            .items('device')
            .filter(isText)
            .flatMap((item) => item.text ?? []),
        autostart: read.flag('autostart'),
        restart: restartPolicy(read.word('restart')),
        after: read
            .items('after')
            .filter(isAfterStatement)
            .flatMap((item) => resolvePath({ steps: item.target?.steps ?? [], from: declaration, kinds: ['container'] }, context) ?? []),
        ...optional('boot', read.given('boot'), seconds),
        ...optional('runtime', read.word('runtime'), (runtime) => runtime),
    };
};

/** The catalog entry that a reference means: its last component without tag and digest, as `nginx` of `docker.io/library/nginx:1.27`. */
export const imageNameOf = (reference: string): string => (reference.split('@')[0] ?? '').split('/').at(-1)?.split(':')[0] ?? '';

function imageChoice(read: StatementReader, { symbols }: LoweringContext): ImageChoice | undefined {
    const item = read.items('image').filter(isImageItem).at(-1);
    const reference = item?.name ?? item?.reference;
    if (reference === undefined) {
        return undefined;
    }
    const definition = item?.name ?? imageNameOf(reference);
    return { reference, ...(symbols.images.has(definition) ? { definition } : {}) };
}

function namespaces(declaration: Declaration, read: StatementReader, context: LoweringContext): Container['namespaces'] {
    const chosen: Partial<Record<NamespaceKind, NamespaceTarget>> = {};
    for (const item of read.items('namespace').filter(isNamespaceStatement)) {
        const kind = namespaceKinds.find((known) => known === item.kind);
        const target = kind === undefined ? undefined : namespaceTarget(item, declaration, context);
        if (kind !== undefined && target !== undefined) {
            chosen[kind] = target;
        }
    }
    return chosen;
}

function namespaceTarget(item: NamespaceStatement, declaration: Declaration, context: LoweringContext): NamespaceTarget | undefined {
    const steps = item.target?.steps ?? [];
    const word = steps.length === 1 && steps[0]?.first === undefined ? steps[0]?.name : undefined;
    if (word === 'own' || word === 'host') {
        return { kind: word };
    }
    const of = resolvePath({ steps, from: declaration, kinds: ['container'] }, context);
    return of === undefined ? undefined : { kind: 'container', of };
}

const mounts = (read: StatementReader): readonly Mount[] =>
    read
        .items('mount')
        .filter(isMountStatement)
        .flatMap((item) =>
            item.source === undefined
                ? []
                : [{ source: item.source, ...(item.target === undefined ? {} : { target: item.target }), readOnly: item.mode === 'ro' }],
        );
