/** Imports manifests of Kubernetes: Pods, and all that makes Pods, on nodes whose size nobody knows. */
import { type Draft, quantity, statement, unknownSize, word } from '../draft.ts';
import { ImportLog, makesNoDifference } from '../import-log.ts';
import type { Importer } from '../importer.ts';
import { runtimeNamed } from '../runtimes.ts';
import { readSourceFiles } from '../source-files.ts';
import { draftPods } from './draft-pods.ts';
import { type KubernetesNode, readNode } from './nodes.ts';
import { type KubernetesObject, readObjects } from './objects.ts';
import type { PodPlan, RuntimeClasses } from './pods.ts';
import { isMisplaced, makesPods, readWorkload } from './workloads.ts';

export const kubernetes: Importer = {
    name: 'kubernetes',
    title: 'Kubernetes',
    filesOf: (names) => names.filter((name) => /\.(ya?ml|json)$/.test(name)),
    read: ({ projects }) => {
        const log = new ImportLog();
        const objects = readSourceFiles(projects, log).flatMap((file) => readObjects(file, log));
        const runtimes = readRuntimes(objects);
        const nodes = objects.flatMap((object) => (object.kind === 'Node' ? [readNode(object)] : []));
        const pods = objects.flatMap((object) => readOne(object, objects, runtimes) ?? []);
        return log.errors.length > 0 ? { kind: 'refused', errors: log.errors } : { kind: 'imported', elements: hosts(pods, nodes), report: log.report };
    },
};

function readOne(object: KubernetesObject, all: readonly KubernetesObject[], runtimes: RuntimeClasses): PodPlan | undefined {
    const { fields, kind, name, owner, namespace } = object;
    if (kind === 'Node' || kind === 'RuntimeClass') {
        return undefined;
    }
    if (isMisplaced(object)) {
        fields.refuse(
            fields.locate('apiVersion'),
            'value',
            `There is no ${kind} in this apiVersion`,
            'Write that of its group, as `apps/v1` of a Deployment and `batch/v1` of a Job.',
        );
        return undefined;
    }
    if (!makesPods(object)) {
        fields.note(fields, 'not-carried-over', `The ${kind} ${name}, which makes no Pods`, 'Nothing to do: the language has nothing of its kind.');
        return undefined;
    }
    const maker = owner === undefined ? undefined : all.find((one) => makesPods(one) && `${one.kind}/${one.name}` === owner && one.namespace === namespace);
    if (maker !== undefined) {
        fields.note(
            fields,
            'not-carried-over',
            `The ${kind} ${name} is made by the ${maker.kind} ${maker.name}, which stands here`,
            'Nothing to do: it is counted there.',
        );
        return undefined;
    }
    const pod = readWorkload(object, runtimes);
    for (const { key, ...located } of fields.rest()) {
        fields.note(located, 'not-carried-over', `The field ${key}`, makesNoDifference);
    }
    return pod;
}

function readRuntimes(objects: readonly KubernetesObject[]): RuntimeClasses {
    return new Map(
        objects.flatMap(({ kind, name, fields }) => {
            const runtime = kind === 'RuntimeClass' ? runtimeNamed(fields.text('handler') ?? '') : undefined;
            return runtime === undefined ? [] : [[name, runtime] as const];
        }),
    );
}

/** One for each node that is named, and for each system and architecture that is asked for. */
function hosts(pods: readonly PodPlan[], nodes: readonly KubernetesNode[]): readonly Draft[] {
    const places = new Map<string, PodPlan[]>(nodes.map(({ name }) => [name, []]));
    for (const pod of pods) {
        const { name, os, arch } = pod.node;
        const place = name ?? ['node', ...(os === 'linux' ? [] : [os]), ...(arch === undefined ? [] : [arch])].join('-');
        places.set(place, [...(places.get(place) ?? []), pod]);
    }
    return (places.size === 0 ? [['node', []] as const] : [...places]).map(([name, own]) =>
        draftHost(
            name,
            own,
            nodes.find((node) => node.name === name),
        ),
    );
}

function draftHost(name: string, pods: readonly PodPlan[], node: KubernetesNode | undefined): Draft {
    const os = node?.os ?? pods[0]?.node.os ?? 'linux';
    const arch = node?.arch ?? pods.find((pod) => pod.node.arch !== undefined)?.node.arch;
    const size =
        node?.size === undefined
            ? [unknownSize]
            : [statement('cpu', quantity(node.size.cpu, 'cpu')), statement('memory', quantity(node.size.memory, 'memory'))];
    return {
        kind: 'host',
        name,
        ...(node?.size === undefined ? { comments: ['Manifests do not say how large their nodes are: give the host its `cpu` and `memory`.'] } : {}),
        statements: [
            ...size,
            statement('os', word(os === 'windows' ? 'windows-server' : 'linux')),
            ...(arch === undefined || arch === 'amd64' ? [] : [statement('arch', word(arch))]),
        ],
        children: [{ kind: 'engine', name: 'containerd', type: 'containerd', ...engineComments(pods), statements: [], children: draftPods(pods) }],
    };
}

/** Said once, where it holds for a container at all. */
function engineComments(pods: readonly PodPlan[]): Pick<Draft, 'comments'> {
    const isUnconfined = pods.some(({ containers }) => containers.some(({ statements }) => statements.some(({ key }) => key === 'seccomp')));
    return isUnconfined ? { comments: ['Without a seccompProfile containers run unconfined, unless the kubelet says `seccompDefault`.'] } : {};
}
