/** How much CPU a service may use, is guaranteed, and is preferred with. */

import { weightOfShares } from '../cgroup-weights.ts';
import { cpuList } from '../cpu-list.ts';
import { commented, type DraftStatement, quantity, statement, word } from '../draft.ts';
import { textOf } from '../yaml/yaml-node.ts';
import type { Service, ServicePart } from './service.ts';

/** The kernel's accounting period of a quota, in microseconds, where the file gives none. */
const defaultPeriod = 100_000;

export const serviceCpu: ServicePart = {
    keys: ['cpus', 'cpu_shares', 'cpu_quota', 'cpu_period', 'cpuset'],
    write: (service) => [...weight(service), ...limit(service), ...reserve(service), ...set(service)],
};

function weight(service: Service): readonly DraftStatement[] {
    const shares = service.number('cpu_shares') ?? 0;
    return shares <= 0 ? [] : [commented(`cpu_shares ${shares}`, statement('cpu weight', quantity(weightOfShares(shares), 'number')))];
}

/** `cpus`, the limit of `deploy` (the two are equal where both are given), or a quota of a period. */
function limit(service: Service): readonly DraftStatement[] {
    const given = service.number('cpus') || service.number('deploy', 'resources', 'limits', 'cpus');
    const quota = microseconds(service, 'cpu_quota');
    const ofQuota = quota === undefined || quota <= 0 ? undefined : quota / (microseconds(service, 'cpu_period') || defaultPeriod);
    if (given !== undefined && given > 0 && ofQuota !== undefined) {
        service.note(['cpu_quota'], 'chosen', 'cpus counts; Docker takes only one of cpus and cpu_quota', 'Keep one of them.');
    }
    const cores = given !== undefined && given > 0 ? given : ofQuota;
    return cores === undefined ? [] : [statement('cpu limit', quantity(cores, 'cpu'))];
}

function reserve(service: Service): readonly DraftStatement[] {
    const keys = ['deploy', 'resources', 'reservations', 'cpus'];
    const cores = service.number(...keys) ?? 0;
    if (cores <= 0) {
        return [];
    }
    service.note(
        keys,
        'approximated',
        'a reservation counts where Swarm places a service; here it is a guarantee, checked for room',
        'Take cpu reserve out if only Docker Engine runs this.',
    );
    return [statement('cpu reserve', quantity(cores, 'cpu'))];
}

function set(service: Service): readonly DraftStatement[] {
    const value = service.value('cpuset');
    const written = textOf(value)?.trim() ?? '';
    const cpus = cpuList(written);
    if (value === undefined || written === '') {
        return [];
    }
    if (cpus === undefined) {
        service.unreadable(value, service.place('cpuset').path, `${JSON.stringify(written)} is no list of CPUs`, 'Write one like 0-3,6.');
        return [];
    }
    return [statement('cpu set', word(cpus))];
}

/** A number of microseconds, or a duration. */
function microseconds(service: Service, key: string): number | undefined {
    const source = service.text(key);
    if (source === undefined || /^[+-]?\d+$/.test(source)) {
        return source === undefined ? undefined : Number(source);
    }
    const parts = [...source.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)];
    return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (microsecondsOf[unit ?? ''] ?? 0), 0);
}

const microsecondsOf: Readonly<Record<string, number>> = { ns: 1e-3, us: 1, µs: 1, μs: 1, ms: 1e3, s: 1e6, m: 6e7, h: 3.6e9 };
