/** What Compose says of a container: the way back from `language/import/compose/`. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { Container, NamespaceKind } from '#simulation/model/topology.ts';
import { blkioOfIoWeight, ioWeightOfBlkio, sharesOfWeight, weightOfShares } from '../../import/cgroup-weights.ts';
import type { ExportLog } from '../export-log.ts';

export interface ServiceSurroundings {
    /** The services by the containers that they are. */
    readonly names: ReadonlyMap<ElementId, string>;
    /** Named volumes that services mount; what is found is added. */
    readonly volumes: Set<string>;
    readonly log: ExportLog;
}

type Values = Readonly<Record<string, unknown>>;

/** Keys whose value is `undefined` are left out. */
export function serviceOf(container: Container, surroundings: ServiceSurroundings): Values {
    const values = {
        ...image(container, surroundings),
        ...resources(container, surroundings),
        ...namespaces(container, surroundings),
        ...privileges(container),
        ...storage(container, surroundings),
        ...lifecycle(container, surroundings),
    };
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const runtimes: Readonly<Record<string, string>> = { runc: 'runc', crun: 'crun', gvisor: 'runsc', kata: 'io.containerd.kata.v2' };

function image(container: Container, { log }: ServiceSurroundings): Values {
    if (container.image === undefined) {
        log.note(container, undefined, 'chosen', 'Compose asks for an image: it is called as the container', 'Name the image.');
    }
    if (container.runtime !== undefined && runtimes[container.runtime] === undefined) {
        log.note(container, 'runtime', 'approximated', `The runtime is called ${container.runtime}, as here`, 'Register it with the engine by that name.');
    }
    const { replicas, runtime } = container;
    return {
        image: container.image?.reference ?? container.name.toLowerCase(),
        scale: replicas,
        runtime: runtime === undefined ? undefined : (runtimes[runtime] ?? runtime),
    };
}

function resources(container: Container, { log }: ServiceSurroundings): Values {
    const { cpuWeight, cpuLimit, cpuReserve, cpuSet, memoryLimit, memoryReserve, memorySwap, pidsLimit, ioWeight } = container;
    const shares = sharesOfWeight(cpuWeight);
    if (weightOfShares(shares) !== cpuWeight) {
        log.note(container, 'cpu weight', 'approximated', `${shares} shares are a weight of ${weightOfShares(shares)}`, 'Nothing: it is the nearest.');
    }
    const blkio = blkioOfIoWeight(ioWeight);
    if (ioWeightOfBlkio(blkio) !== ioWeight && ioWeight !== 100) {
        log.note(container, 'io weight', 'approximated', `A weight of ${blkio} is an io weight of ${ioWeightOfBlkio(blkio)}`, 'Nothing: it is the nearest.');
    }
    if (memorySwap > 0 && memoryLimit === undefined) {
        log.note(container, 'memory swap', 'not-carried-over', 'Swap without a limit of memory', 'Give it a memory limit.');
    }
    return {
        cpu_shares: cpuWeight === 100 ? undefined : shares,
        cpus: cpuLimit,
        cpuset: cpuSet === undefined ? undefined : ranges(cpuSet),
        mem_limit: memoryLimit === undefined ? undefined : size(memoryLimit),
        mem_reservation: memoryReserve > 0 && cpuReserve === 0 ? size(memoryReserve) : undefined,
        // Docker allows as much swap as memory where nothing is said.
        memswap_limit: memoryLimit === undefined || memorySwap === memoryLimit ? undefined : size(memoryLimit + memorySwap),
        pids_limit: pidsLimit,
        blkio_config: ioWeight === 100 ? undefined : { weight: blkio },
        // Where the one stands here, Compose wants the other here as well.
        deploy:
            cpuReserve > 0
                ? { resources: { reservations: { cpus: String(cpuReserve), ...(memoryReserve > 0 && { memory: String(size(memoryReserve)) }) } } }
                : undefined,
    };
}

/** How Compose says each, and whether it can name a service. */
const modes = [
    { kind: 'pid', key: 'pid', joins: true },
    { kind: 'network', key: 'network_mode', joins: true },
    { kind: 'ipc', key: 'ipc', joins: true },
    { kind: 'uts', key: 'uts', joins: false },
    { kind: 'user', key: 'userns_mode', joins: false },
    { kind: 'cgroup', key: 'cgroup', joins: false },
] as const;

function namespaces(container: Container, { names, log }: ServiceSurroundings): Values {
    const values: Record<string, string> = {};
    for (const kind of Object.keys(container.namespaces) as NamespaceKind[]) {
        const target = container.namespaces[kind];
        const mode = modes.find((one) => one.kind === kind);
        const service = target?.kind === 'container' ? names.get(target.of.element) : undefined;
        if (mode !== undefined && target?.kind === 'host') {
            values[mode.key] = 'host';
        } else if (mode?.joins === true && service !== undefined) {
            values[mode.key] = `service:${service}`;
        } else if (target?.kind !== 'own' || kind === 'user') {
            log.note(container, 'namespace', 'not-carried-over', `Whose ${kind} namespace it has`, 'Set it when the container is run, if the engine can.');
        }
    }
    return values;
}

function privileges({ privileged, capabilitiesAdded, capabilitiesDropped, user, seccomp, readOnly, noNewPrivileges }: Container): Values {
    const options = [...(noNewPrivileges ? ['no-new-privileges:true'] : []), ...(seccomp === 'unconfined' ? ['seccomp:unconfined'] : [])];
    return {
        user: user === 'root' ? undefined : user,
        privileged: privileged || undefined,
        cap_add: listed(capabilitiesAdded),
        cap_drop: listed(capabilitiesDropped),
        security_opt: listed(options),
        read_only: readOnly || undefined,
    };
}

function storage({ mounts, devices }: Container, { volumes }: ServiceSurroundings): Values {
    const entries = mounts.map(({ source, target = source, readOnly }) => {
        const isPath = /^(?:[./~]|\\\\|[A-Za-z]:[\\/])/.test(source);
        if (!isPath) {
            volumes.add(source);
        }
        return source.includes(':') || target.includes(':')
            ? { type: isPath ? 'bind' : 'volume', source, target, ...(readOnly && { read_only: true }) }
            : `${source}:${target}${readOnly ? ':ro' : ''}`;
    });
    return { volumes: listed(entries), devices: listed(devices) };
}

function lifecycle(container: Container, { names, log }: ServiceSurroundings): Values {
    const after = container.after.flatMap(({ element }) => {
        const service = names.get(element);
        if (service === undefined) {
            log.note(container, 'after', 'not-carried-over', `That it starts after ${element}`, 'Export both together.');
        }
        return service === undefined ? [] : [service];
    });
    if (!container.autostart) {
        log.note(container, 'autostart', 'approximated', 'It has the profile manual, and starts when that is named', 'Nothing.');
    }
    return {
        restart: container.restart === 'no' ? undefined : container.restart,
        depends_on: listed([...new Set(after)]),
        profiles: container.autostart ? undefined : ['manual'],
    };
}

const listed = <Item>(items: readonly Item[]): readonly Item[] | undefined => (items.length === 0 ? undefined : items);

/** In the largest of Docker's units that is whole. */
function size(bytes: number): string | number {
    const units = ['g', 'm', 'k'] as const;
    const factors = { g: 2 ** 30, m: 2 ** 20, k: 2 ** 10 } as const;
    const unit = units.find((one) => bytes % factors[one] === 0);
    return unit === undefined ? bytes : `${bytes / factors[unit]}${unit}`;
}

/** `0-3,6` of ascending numbers. */
function ranges(numbers: readonly number[]): string {
    const parts: { first: number; last: number }[] = [];
    for (const number of numbers) {
        const part = parts.at(-1);
        if (part !== undefined && number === part.last + 1) {
            part.last = number;
        } else {
            parts.push({ first: number, last: number });
        }
    }
    return parts.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
