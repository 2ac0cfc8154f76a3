/** Writes Pods as drafts: in the control groups in which a kubelet puts them, with the weights that it gives them. */
import { weightOfShares } from '../cgroup-weights.ts';
import { type Draft, type DraftStatement, quantity, reference, statement, text, word } from '../draft.ts';
import type { PodContainer } from './containers.ts';
import type { PodPlan } from './pods.ts';
import type { Amounts, QualityOfService } from './resources.ts';

/** Source: k8s.io/kubernetes, pkg/kubelet/cm, MilliCPUToShares. */
const weightOf = (milliCores: number): number => weightOfShares(Math.floor((milliCores * 1024) / 1000));
const weight = (milliCores: number): DraftStatement => statement('cpu weight', quantity(weightOf(milliCores), 'number'));

const comments: Readonly<Record<Exclude<QualityOfService, 'guaranteed'>, readonly string[]>> = {
    burstable: ['Pods that request some of what they may take: together they weigh what they request.'],
    besteffort: ['Pods that request nothing: they get what is left, and are the first to be killed.'],
};

/** Guaranteed Pods stand beside the groups of the others. Source: k8s.io/kubernetes, pkg/kubelet/cm, qos_container_manager_linux.go. */
export function draftPods(pods: readonly PodPlan[]): readonly Draft[] {
    const of = (quality: QualityOfService) => pods.filter((pod) => pod.quality === quality);
    const slices = (['burstable', 'besteffort'] as const).flatMap((quality): readonly Draft[] => {
        const own = of(quality);
        const requested = own.reduce((sum, { requests, replicas = 1 }) => sum + requests.cpu * replicas, 0);
        return own.length === 0
            ? []
            : [{ kind: 'slice', name: quality, comments: comments[quality], statements: [weight(requested)], children: own.map((pod) => draftPod(pod)) }];
    });
    return [...of('guaranteed').map((pod) => draftPod(pod)), ...slices];
}

function draftPod(pod: PodPlan): Draft {
    const { name, namespace, replicas, origin, limits, quality } = pod;
    const labels = namespace === undefined ? [] : [statement('label namespace', text(namespace))];
    const reserves = reservesOf(extra(pod));
    return {
        kind: 'pod',
        name,
        origin,
        ...(pod.comments.length === 0 ? {} : { comments: pod.comments }),
        ...(replicas === undefined ? {} : { replicas }),
        statements: [...labels, ...(quality === 'besteffort' ? [] : [weight(pod.requests.cpu)]), ...limitsOf(limits), ...reserves],
        children: draftContainers(pod),
    };
}

/** What a Pod reserves beyond its containers, because of an init container, its runtime, or its own word. */
function extra({ requests, containers }: PodPlan): Amounts {
    const sum = (resource: keyof Amounts) => containers.reduce((total, container) => total + (held(container)[resource] ?? 0), 0);
    return { ...(requests.cpu > sum('cpu') ? { cpu: requests.cpu } : {}), ...(requests.memory > sum('memory') ? { memory: requests.memory } : {}) };
}

/** What an init container requests is free again before the others begin. */
const held = ({ role, resources }: PodContainer): Amounts => (role === 'init' ? {} : resources.requests);

/** Init containers begin one after the other, and the rest after the last of them. */
function draftContainers(pod: PodPlan): readonly Draft[] {
    let last: PodContainer | undefined;
    return pod.containers.map((container) => {
        const draft = draftContainer(container, last, pod);
        last = container.role === 'main' ? last : container;
        return draft;
    });
}

function draftContainer(container: PodContainer, before: PodContainer | undefined, pod: PodPlan): Draft {
    const { name, origin, resources, restart, statements } = container;
    const isAlone = pod.containers.length === 1;
    // One that stays holds the namespace for all.
    const first = pod.sharesProcesses ? pod.containers.find(({ role }) => role !== 'init') : undefined;
    return {
        kind: 'container',
        name,
        key: keyOf(pod, container),
        origin,
        statements: [
            ...statements.slice(0, 1),
            ...(isAlone || pod.quality === 'besteffort' ? [] : [weight(resources.requests.cpu ?? 0)]),
            ...limitsOf(resources.limits),
            ...reservesOf(held(container)),
            ...pod.common,
            ...(first === undefined || first === container ? [] : [statement('namespace pid', reference(keyOf(pod, first)))]),
            ...statements.slice(1),
            ...(restart === 'no' ? [] : [statement('restart', word(restart))]),
            ...(before === undefined ? [] : [statement('after', reference(keyOf(pod, before)))]),
        ],
        children: [],
    };
}

const keyOf = ({ origin }: PodPlan, { name }: PodContainer): string => `${origin.at.file}:${origin.at.line}:${origin.path}/${name}`;

const limitsOf = ({ cpu, memory }: Amounts): readonly DraftStatement[] => [
    ...(cpu === undefined ? [] : [statement('cpu limit', quantity(cpu / 1000, 'cpu'))]),
    ...(memory === undefined ? [] : [statement('memory limit', quantity(memory, 'memory'))]),
];

const reservesOf = ({ cpu, memory }: Amounts): readonly DraftStatement[] => [
    ...(cpu === undefined ? [] : [statement('cpu reserve', quantity(cpu / 1000, 'cpu'))]),
    ...(memory === undefined ? [] : [statement('memory reserve', quantity(memory, 'memory'))]),
];
