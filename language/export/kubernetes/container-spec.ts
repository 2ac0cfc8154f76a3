/** What Kubernetes says of a container, and of the Pod that its containers share. */
import type { Container, Mount } from '#simulation/model/topology.ts';
import type { ExportLog } from '../export-log.ts';

export function containerSpec(container: Container, name: string, log: ExportLog): object {
    if (container.image === undefined) {
        log.note(container, undefined, 'chosen', 'Kubernetes asks for an image: it is called as the container', 'Name the image.');
    }
    noteUnsaid(container, log);
    const resources = resourcesOf(container);
    const securityContext = securityOf(container);
    const mounts = container.mounts.map((mount) => ({
        name: volumeName(mount),
        mountPath: mount.target ?? mount.source,
        ...(mount.readOnly && { readOnly: true }),
    }));
    return {
        name,
        image: container.image?.reference ?? name,
        ...(Object.keys(resources).length > 0 && { resources }),
        ...(Object.keys(securityContext).length > 0 && { securityContext }),
        ...(mounts.length > 0 && { volumeMounts: mounts }),
    };
}

/** What Kubernetes says once for all containers of a Pod. */
export function podSettings(containers: readonly Container[], log: ExportLog): { readonly restartPolicy: string } {
    const shares = (kind: 'pid' | 'network' | 'ipc'): boolean => containers.some(({ namespaces }) => namespaces[kind]?.kind === 'host');
    const restarts = new Set(containers.map(({ restart }) => restart));
    const [first = 'no'] = restarts;
    const runtimes = new Set(containers.flatMap(({ runtime }) => runtime ?? []));
    for (const container of containers.slice(1)) {
        if (restarts.size > 1) {
            log.note(container, 'restart', 'approximated', 'All containers of a Pod are started again alike: as the first', 'Make them agree.');
        }
        if (runtimes.size > 1) {
            log.note(container, 'runtime', 'approximated', 'All containers of a Pod have one runtime: that of the first', 'Make them agree.');
        }
    }
    return {
        ...(shares('network') && { hostNetwork: true }),
        ...(shares('pid') && { hostPID: true }),
        ...(shares('ipc') && { hostIPC: true }),
        ...(runtimes.size > 0 && { runtimeClassName: [...runtimes][0] }),
        restartPolicy: { always: 'Always', 'on-failure': 'OnFailure', no: 'Never' }[first],
    };
}

/** The volumes of a Pod: paths of the host, and claims by the names of volumes. */
export function podVolumes(containers: readonly Container[]): { readonly volumes?: readonly object[] } {
    const volumes = new Map<string, object>();
    for (const mount of containers.flatMap(({ mounts }) => mounts)) {
        const name = volumeName(mount);
        const source = isPath(mount) ? { hostPath: { path: mount.source } } : { persistentVolumeClaim: { claimName: name } };
        volumes.set(name, { name, ...source });
    }
    return volumes.size === 0 ? {} : { volumes: [...volumes.values()] };
}

function resourcesOf({ cpuLimit, memoryLimit, cpuReserve, memoryReserve }: Container): object {
    const limits = { ...(cpuLimit !== undefined && { cpu: cores(cpuLimit) }), ...(memoryLimit !== undefined && { memory: size(memoryLimit) }) };
    // Without a request, Kubernetes takes the limit for one.
    const requests = {
        ...((cpuReserve > 0 || cpuLimit !== undefined) && { cpu: cores(cpuReserve) }),
        ...((memoryReserve > 0 || memoryLimit !== undefined) && { memory: size(memoryReserve) }),
    };
    return { ...(Object.keys(limits).length > 0 && { limits }), ...(Object.keys(requests).length > 0 && { requests }) };
}

function securityOf(container: Container): object {
    const { privileged, user, readOnly, noNewPrivileges, seccomp, capabilitiesAdded, capabilitiesDropped } = container;
    const plain = (names: readonly string[]): readonly string[] => names.map((name) => name.replace(/^CAP_/, ''));
    const capabilities = {
        ...(capabilitiesAdded.length > 0 && { add: plain(capabilitiesAdded) }),
        ...(capabilitiesDropped.length > 0 && { drop: plain(capabilitiesDropped) }),
    };
    return {
        ...(privileged && { privileged }),
        ...(user !== 'root' && { runAsUser: Number(user) }),
        ...(readOnly && { readOnlyRootFilesystem: true }),
        ...(noNewPrivileges && { allowPrivilegeEscalation: false }),
        // Kubernetes filters nothing unless it is told to.
        ...(!privileged && { seccompProfile: { type: seccomp === 'default' ? 'RuntimeDefault' : 'Unconfined' } }),
        ...(Object.keys(capabilities).length > 0 && { capabilities }),
    };
}

function noteUnsaid(container: Container, log: ExportLog): void {
    const unsaid: readonly (readonly [boolean, string, string, string])[] = [
        [container.cpuWeight !== 100, 'cpu weight', 'Its weight: Kubernetes makes one of what it requests', 'Say what it shall request with cpu reserve.'],
        [container.cpuSet !== undefined, 'cpu set', 'Its CPU set: Kubernetes gives whole CPUs itself', 'Use the static CPU manager, and reserve whole cores.'],
        [container.memorySwap > 0, 'memory swap', 'How much swap it may use', 'Let the kubelet decide by its own policy.'],
        [container.pidsLimit !== undefined, 'pids limit', 'How many processes it may have', 'Set podPidsLimit of the kubelet.'],
        [container.ioWeight !== 100, 'io weight', 'Its weight at the disk', 'Nothing: Kubernetes has none.'],
        [container.devices.length > 0, 'device', 'Its devices', 'Use a device plug-in.'],
        [container.after.length > 0, 'after', 'What it starts after', 'Let it wait in an init container.'],
        [!container.autostart, 'autostart', 'That it does not start by itself', 'Set replicas to 0.'],
    ];
    for (const [isSaid, key, what, remedy] of unsaid) {
        if (isSaid) {
            log.note(container, key, 'not-carried-over', what, remedy);
        }
    }
    const others = Object.entries(container.namespaces).filter(
        ([kind, target]) => target.kind === 'container' || (target.kind === 'host' && !['pid', 'network', 'ipc', 'user'].includes(kind)),
    );
    for (const [kind] of others) {
        log.note(container, 'namespace', 'not-carried-over', `Whose ${kind} namespace it has`, 'Put containers that share one into a pod.');
    }
}

const isPath = ({ source }: Mount): boolean => source.startsWith('/');
const volumeName = ({ source }: Mount): string =>
    source
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 60)
        .replace(/^-+|-+$/g, '') || 'root';

/** Whole thousandths, as Kubernetes counts. */
const cores = (value: number): string => (Number.isInteger(value) ? String(value) : `${Math.round(value * 1000)}m`);

function size(bytes: number): string {
    const units = [
        ['Gi', 2 ** 30],
        ['Mi', 2 ** 20],
        ['Ki', 2 ** 10],
    ] as const;
    const [unit, factor] = units.find(([, one]) => bytes > 0 && bytes % one === 0) ?? ['', 1];
    return `${Math.ceil(bytes / factor)}${unit}`;
}
