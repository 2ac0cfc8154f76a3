/** What containers request and what they are limited to. Source: Kubernetes, "Resource Management for Pods and Containers". */
import type { Located } from '../import-log.ts';
import type { Fields } from '../yaml/yaml-fields.ts';
import { milliCores, parseQuantity, quantityText } from './quantities.ts';

/** In whole thousandths of a CPU, and in bytes; absent: not given. */
export interface Amounts {
    readonly cpu?: number;
    readonly memory?: number;
}

export interface Resources {
    /** Where nothing is requested, what is the limit. */
    readonly requests: Amounts;
    readonly limits: Amounts;
}

export const none: Resources = { requests: {}, limits: {} };

interface Quantity extends Located {
    readonly value: number;
}

/** Of the field `resources` of a container or a Pod. */
export function readResources(owner: Fields): Resources {
    const resources = owner.map('resources');
    if (resources === undefined) {
        return none;
    }
    const limits = readQuantities(resources, 'limits');
    const given = readQuantities(resources, 'requests');
    for (const [name, request] of given) {
        const limit = limits.get(name);
        if (limit !== undefined && request.value > limit.value) {
            resources.refuse(request, 'value', `The request of ${name} is above its limit`, 'Lower the request, or raise the limit.');
        }
    }
    tellOthers(resources, new Map([...limits, ...given]));
    return { requests: amountsOf(new Map([...limits, ...given])), limits: amountsOf(limits) };
}

function readQuantities(resources: Fields, key: 'requests' | 'limits'): ReadonlyMap<string, Quantity> {
    return new Map(
        resources.pairs(key).flatMap(({ key: name, value, at, path }) => {
            const written = quantityText(value);
            const quantity = written === undefined ? undefined : parseQuantity(written);
            if (!isResourceName(name)) {
                resources.refuse(
                    { at, path },
                    'value',
                    `There is no resource ${JSON.stringify(name.slice(0, 60))}`,
                    'Write cpu, memory, ephemeral-storage, or the full name of another, as in nvidia.com/gpu.',
                );
            } else if (quantity === undefined || quantity < 0) {
                const what =
                    written === undefined
                        ? 'no quantity'
                        : `${JSON.stringify(written.slice(0, 60))}, ${quantity === undefined ? 'no quantity' : 'less than nothing'}`;
                resources.refuse({ at: value.at, path }, 'value', `${name} is ${what}`, 'Write a quantity as 500m or 128Mi.');
            } else {
                return [[name, { value: quantity, at, path }] as const];
            }
            return [];
        }),
    );
}

/** Names without a domain are Kubernetes' own. */
const isResourceName = (name: string): boolean =>
    name === 'cpu' ||
    name === 'memory' ||
    name === 'ephemeral-storage' ||
    name.startsWith('hugepages-') ||
    /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\/[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name);

function tellOthers(resources: Fields, quantities: ReadonlyMap<string, Quantity>): void {
    for (const [name, located] of quantities) {
        if (name !== 'cpu' && name !== 'memory') {
            resources.note(located, 'not-carried-over', `${located.value} of ${name}`, 'Nothing to do: the language shares CPU and memory only.');
        }
    }
}

function amountsOf(quantities: ReadonlyMap<string, Quantity>): Amounts {
    const [cpu, memory] = [quantities.get('cpu')?.value, quantities.get('memory')?.value];
    // As the scheduler counts, nothing asked for is nothing said.
    return { ...(cpu ? { cpu: milliCores(cpu) } : {}), ...(memory ? { memory: Math.ceil(memory) } : {}) };
}

export interface ContainerResources {
    readonly resources: Resources;
    /** `init` ends before the next begins; `sidecar` begins like one, and stays. */
    readonly role: 'init' | 'sidecar' | 'main';
}

/** What a Pod needs at once: all that stay, or an init container beside the sidecars before it, whichever is more. */
export function effective(containers: readonly ContainerResources[], of: 'requests' | 'limits', resource: keyof Amounts): number {
    let [staying, most] = [0, 0];
    for (const { resources, role } of containers) {
        const amount = resources[of][resource] ?? 0;
        most = Math.max(most, staying + amount);
        staying += role === 'init' ? 0 : amount;
    }
    return Math.max(most, staying);
}

export type QualityOfService = 'guaranteed' | 'burstable' | 'besteffort';

/** Source: k8s.io/kubernetes, pkg/apis/core/v1/helper/qos. */
export function qualityOfService(containers: readonly Resources[]): QualityOfService {
    const names = ['cpu', 'memory'] as const;
    if (containers.every(({ requests, limits }) => names.every((name) => requests[name] === undefined && limits[name] === undefined))) {
        return 'besteffort';
    }
    const isGuaranteed = containers.every(({ requests, limits }) => names.every((name) => limits[name] !== undefined && requests[name] === limits[name]));
    return isGuaranteed ? 'guaranteed' : 'burstable';
}
