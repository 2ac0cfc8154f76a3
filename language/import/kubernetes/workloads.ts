/** What makes Pods, and how many. Source: Kubernetes, "Workloads". */
import type { Fields } from '../yaml/yaml-fields.ts';
import { checkNames, type KubernetesObject } from './objects.ts';
import { type PodPlan, type RuntimeClasses, readPod } from './pods.ts';

interface Workload {
    readonly groups: readonly string[];
    /** From the object to the map that holds the Pod's `spec`. */
    readonly path: readonly string[];
    /** The field that says how many; absent: one. */
    readonly count?: string;
    /** What to say of it in the text. */
    readonly comment?: string;
}

const workloads: ReadonlyMap<string, Workload> = new Map<string, Workload>([
    ['Pod', { groups: [''], path: [] }],
    ['PodTemplate', { groups: [''], path: ['template'], comment: 'A template: it makes no Pod by itself.' }],
    ['ReplicationController', { groups: [''], path: ['spec', 'template'], count: 'replicas' }],
    ['ReplicaSet', { groups: ['apps', 'extensions'], path: ['spec', 'template'], count: 'replicas' }],
    ['Deployment', { groups: ['apps', 'extensions'], path: ['spec', 'template'], count: 'replicas' }],
    ['StatefulSet', { groups: ['apps'], path: ['spec', 'template'], count: 'replicas' }],
    ['DaemonSet', { groups: ['apps', 'extensions'], path: ['spec', 'template'], comment: 'One on each node.' }],
    ['Job', { groups: ['batch', 'extensions'], path: ['spec', 'template'], count: 'parallelism', comment: 'A job: it ends when its work is done.' }],
    ['CronJob', { groups: ['batch'], path: ['spec', 'jobTemplate', 'spec', 'template'], comment: 'A job at certain times; here as it is when it runs.' }],
]);

export const makesPods = ({ kind, group }: KubernetesObject): boolean => workloads.get(kind)?.groups.includes(group) === true;

/** Whether one of Kubernetes' own groups is said to have a kind that another has. */
export const isMisplaced = ({ kind, group }: KubernetesObject): boolean =>
    workloads.get(kind)?.groups.includes(group) === false && [...workloads.values()].some(({ groups }) => groups.includes(group));

/** At most so many of a kind: what stands in a text is counted, never made. */
const counts = { min: 0, max: 2 ** 31 - 1 };

export function readWorkload(object: KubernetesObject, runtimes: RuntimeClasses): PodPlan | undefined {
    const { fields, kind, name, namespace } = object;
    const workload = workloads.get(kind);
    const template = workload && follow(fields, workload.path);
    const spec = template?.map('spec');
    checkNames(object);
    fields.passOver('status');
    if (workload === undefined || template === undefined || spec === undefined) {
        const missing = [...(workload?.path ?? []), 'spec'].join('.');
        fields.refuse(template ?? fields, 'required', `A ${kind} must have ${missing}`, 'Add it, with `containers`.');
        return undefined;
    }
    const claims = readClaims(fields);
    const count = countOf(fields.map('spec'), workload);
    const comments = [...(kind === 'CronJob' ? scheduleOf(fields) : []), ...(workload.comment === undefined ? [] : [workload.comment])];
    return readPod(
        spec,
        {
            name,
            origin: fields,
            comments,
            ...(namespace === undefined ? {} : { namespace }),
            ...(count === undefined || count === 1 ? {} : { replicas: count }),
        },
        claims,
        runtimes,
    );
}

/** A job that is suspended has no Pods. */
function countOf(spec: Fields | undefined, { count }: Workload): number | undefined {
    const given = count === undefined ? undefined : spec?.whole(count, counts);
    return spec?.flag('suspend') === true ? 0 : given;
}

function follow(fields: Fields, path: readonly string[]): Fields | undefined {
    let here: Fields | undefined = fields;
    for (const key of path) {
        here = here?.map(key);
    }
    return here;
}

/** A StatefulSet makes a volume of each claim. */
function readClaims(fields: Fields): readonly string[] {
    const claims = fields.map('spec')?.maps('volumeClaimTemplates') ?? [];
    return claims.flatMap((claim) => {
        const name = claim.map('metadata')?.text('name');
        claim.passOver('spec', 'kind', 'apiVersion', 'status', 'metadata');
        claim.note(claim, 'not-carried-over', `The claim ${name ?? ''} of a volume`, 'Give the host a disk with room for it.');
        return name ?? [];
    });
}

function scheduleOf(fields: Fields): readonly string[] {
    const schedule = fields.map('spec')?.text('schedule');
    return schedule === undefined ? [] : [`Its schedule: ${schedule}`];
}
