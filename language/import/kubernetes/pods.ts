/** A Pod, and what its node must be: the part of every workload that is carried over. */
import { architectureNamed } from '#simulation/compatibility/architectures.ts';
import { type DraftStatement, statement, word } from '../draft.ts';
import type { Located } from '../import-log.ts';
import { runtimeNamed } from '../runtimes.ts';
import type { Fields } from '../yaml/yaml-fields.ts';
import { type PodContainer, readContainers } from './containers.ts';
import { tellUnknown } from './known-fields.ts';
import { milliCores, parseQuantity, quantityText } from './quantities.ts';
import { type Amounts, effective, type QualityOfService, qualityOfService, type Resources, readResources } from './resources.ts';
import { readPodRights } from './security-context.ts';
import { readVolumes } from './volumes.ts';

export interface PodPlan {
    readonly name: string;
    readonly namespace?: string;
    readonly replicas?: number;
    readonly comments: readonly string[];
    readonly origin: Located;
    readonly containers: readonly PodContainer[];
    /** What each container says of the Pod: whose namespaces it has, and what runs it. */
    readonly common: readonly DraftStatement[];
    readonly sharesProcesses: boolean;
    /** Of the Pod as a whole. */
    readonly requests: Required<Amounts>;
    /** Where the Pod itself says them. */
    readonly limits: Amounts;
    readonly quality: QualityOfService;
    readonly node: NodeNeeds;
}

export interface NodeNeeds {
    readonly os: 'linux' | 'windows';
    readonly arch?: string;
    readonly name?: string;
}

export interface PodHead {
    readonly name: string;
    readonly namespace?: string;
    readonly replicas?: number;
    readonly comments: readonly string[];
    readonly origin: Located;
}

/** Runtimes of the catalog, by the handler or the name of a RuntimeClass. */
export type RuntimeClasses = ReadonlyMap<string, string>;

const restarts = { Always: 'always', OnFailure: 'on-failure', Never: 'no' } as const;

export function readPod(spec: Fields, head: PodHead, claims: readonly string[], runtimes: RuntimeClasses): PodPlan {
    const node = readNode(spec);
    const policy = spec.oneOf('restartPolicy', ['Always', 'OnFailure', 'Never']) ?? 'Always';
    const containers = readContainers(spec, {
        rights: readPodRights(spec),
        volumes: readVolumes(spec, claims),
        isWindows: node.os === 'windows',
        restart: restarts[policy],
    });
    const own = readResources(spec);
    const overhead = readOverhead(spec);
    spec.apart().whole('terminationGracePeriodSeconds', { min: 0, max: Number.MAX_SAFE_INTEGER });
    const common = [...readNamespaces(spec), ...readRuntime(spec, runtimes)];
    const sharesProcesses = spec.flag('shareProcessNamespace') === true;
    tellUnknown(spec, 'Pod');
    const isWhole = (resources: Resources): boolean => Object.keys({ ...resources.requests, ...resources.limits }).length > 0;
    return {
        ...head,
        containers,
        common,
        sharesProcesses,
        requests: {
            cpu: (own.requests.cpu ?? effective(containers, 'requests', 'cpu')) + (overhead.cpu ?? 0),
            memory: (own.requests.memory ?? effective(containers, 'requests', 'memory')) + (overhead.memory ?? 0),
        },
        limits: own.limits,
        quality: qualityOfService(isWhole(own) ? [own] : containers.map(({ resources }) => resources)),
        node,
    };
}

function readNode(spec: Fields): NodeNeeds {
    const name = spec.text('nodeName');
    const declared = spec.map('os')?.oneOf('name', ['linux', 'windows']);
    const selected = new Map(spec.pairs('nodeSelector').map((entry) => [entry.key, entry]));
    const valueFor = (key: string): string | undefined => {
        const entry = selected.get(`kubernetes.io/${key}`) ?? selected.get(`beta.kubernetes.io/${key}`);
        return entry?.value.kind === 'scalar' ? entry.value.source : undefined;
    };
    for (const [key, { value, ...located }] of selected) {
        if (!/^(beta\.)?kubernetes\.io\/(os|arch)$/.test(key)) {
            spec.note(
                located,
                'not-carried-over',
                `It runs on nodes with ${key}=${value.kind === 'scalar' ? value.source : '…'} only`,
                'Put it on such a host.',
            );
        }
    }
    const written = valueFor('arch');
    const arch = architectureNamed(written ?? '');
    if (written !== undefined && arch === undefined) {
        spec.note(
            spec.locate('nodeSelector'),
            'not-carried-over',
            `The architecture ${written.slice(0, 60)} is none that the language knows`,
            'Put it on a host with its own.',
        );
    }
    return {
        os: declared ?? (valueFor('os') === 'windows' ? 'windows' : 'linux'),
        ...(arch === undefined || arch === 'amd64' ? {} : { arch }),
        ...(name === undefined ? {} : { name }),
    };
}

function readNamespaces(spec: Fields): readonly DraftStatement[] {
    const shared = [
        ['hostPID', 'pid'],
        ['hostNetwork', 'network'],
        ['hostIPC', 'ipc'],
    ] as const;
    return [
        ...shared.flatMap(([key, kind]) => (spec.flag(key) === true ? [statement(`namespace ${kind}`, word('host'))] : [])),
        ...(spec.flag('hostUsers') === false ? [statement('namespace user', word('own'))] : []),
    ];
}

function readRuntime(spec: Fields, runtimes: RuntimeClasses): readonly DraftStatement[] {
    const name = spec.text('runtimeClassName');
    if (name === undefined) {
        return [];
    }
    const runtime = runtimes.get(name) ?? runtimeNamed(name);
    if (runtime === undefined) {
        spec.note(
            spec.locate('runtimeClassName'),
            'not-carried-over',
            `What the RuntimeClass ${name} stands for is not known`,
            'Say `runtime gvisor`, `runtime kata` or another in its containers.',
        );
        return [];
    }
    return runtime === 'runc' ? [] : [statement('runtime', word(runtime))];
}

/** What a RuntimeClass costs on top. */
function readOverhead(spec: Fields): Amounts {
    const amounts = new Map(
        spec.pairs('overhead').flatMap(({ key, value }) => {
            const amount = parseQuantity(quantityText(value) ?? '');
            return amount === undefined || amount < 0 ? [] : [[key, amount] as const];
        }),
    );
    const [cpu, memory] = [amounts.get('cpu'), amounts.get('memory')];
    return { ...(cpu === undefined ? {} : { cpu: milliCores(cpu) }), ...(memory === undefined ? {} : { memory: Math.ceil(memory) }) };
}
