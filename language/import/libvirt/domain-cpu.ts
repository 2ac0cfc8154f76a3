/** The CPUs of a domain. Source: libvirt, formatdomain, "CPU Allocation", "CPU Tuning" and "CPU model and topology". */
import { commented, type DraftStatement, quantity, statement, word } from '../draft.ts';
import type { Bounds, DomainReader } from './domain-reader.ts';

const counts: Bounds = { min: 1, max: 65_535 };
/** In microseconds; 0 and less stand for none. */
const periods: Bounds = { min: 1000, max: 1_000_000 };
const usualPeriod = 100_000;

export function readVcpus(reader: DomainReader): number {
    const element = reader.at('vcpu');
    const most = element === undefined || element.text.trim() === '' ? 1 : (reader.whole(element, counts) ?? 1);
    const current = reader.whole(element, counts, 'current');
    if (element !== undefined && current !== undefined && current > most) {
        reader.refuse(element, `${current} vCPUs are on, of ${most} at most`, 'Lower `current`, or raise the number.');
    } else if (element !== undefined && current !== undefined && current < most) {
        reader.note(element, 'chosen', `${current} of at most ${most} vCPUs are on: the text says those`, 'Raise `vcpus` to see the machine with all of them.');
    }
    return current ?? most;
}

/** Shares are the weight of control groups of version 2, where 100 is usual. */
export function readShares(reader: DomainReader): readonly DraftStatement[] {
    const element = reader.at('cputune', 'shares');
    const shares = reader.whole(element, { min: 0, max: 262_144 });
    if (element === undefined || shares === undefined || shares === 0) {
        return [];
    }
    if (shares > 10_000) {
        reader.note(
            element,
            'approximated',
            `${shares} shares are for control groups of version 1, where 1024 are usual: the text says the same proportion of 100`,
            'Weigh all guests on one scale.',
        );
        return [statement('cpu weight', quantity(Math.round((shares * 100) / 1024), 'number'))];
    }
    if (shares >= 1024) {
        reader.note(
            element,
            'approximated',
            `${shares} shares are a weight of ${shares} under control groups of version 2, where 100 are usual; under version 1, where 1024 were, they were ${Math.round((shares * 100) / 1024)}`,
            'Write the one that is meant.',
        );
    }
    return shares === 100 ? [] : [statement('cpu weight', quantity(shares, 'number'))];
}

/** A quota holds for each vCPU, a global one for all; the smaller counts. `perCpu` is how many the first holds for. */
export function readQuota(reader: DomainReader, perCpu: number): readonly DraftStatement[] {
    const own = quotaOf(reader, 'quota', 'period');
    const global = quotaOf(reader, 'global_quota', 'global_period');
    const limit = Math.min(own === undefined ? Infinity : own * perCpu, global ?? Infinity);
    return limit === Infinity ? [] : [statement('cpu limit', quantity(limit, 'cpu'))];
}

function quotaOf(reader: DomainReader, quotaName: string, periodName: string): number | undefined {
    const quotaElement = reader.at('cputune', quotaName);
    const periodElement = reader.at('cputune', periodName);
    const quota = reader.whole(quotaElement, { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
    const isUnset = periodElement === undefined || periodElement.text.trim() === '0';
    const period = isUnset ? usualPeriod : reader.whole(periodElement, periods);
    if (quotaElement === undefined || quota === undefined || quota <= 0 || period === undefined) {
        return undefined;
    }
    if (quota < 1000) {
        reader.refuse(quotaElement, `${quotaName} is ${quota}, less than the 1000 microseconds that a quota takes at least`, 'Raise it, or write -1 for none.');
    }
    return quota / period;
}

/** Whether the guest sees the virtualisation of the CPU. */
export function readNesting(reader: DomainReader): readonly DraftStatement[] {
    const cpu = reader.at('cpu');
    const mode = reader.walk.attribute(cpu, 'mode');
    const policies = reader.walk
        .children(cpu, 'feature')
        .flatMap((feature) =>
            ['vmx', 'svm'].includes(reader.walk.attribute(feature, 'name') ?? '') ? [reader.walk.attribute(feature, 'policy') ?? 'require'] : [],
        );
    if (policies.includes('require') || policies.includes('force')) {
        return [statement('nested', word('on'))];
    }
    const isWhole = mode === 'host-passthrough' || mode === 'maximum';
    return isWhole && policies.length === 0
        ? [commented(`the CPU mode \`${mode}\` shows the guest the CPU’s virtualisation`, statement('nested', word('on')))]
        : [];
}
