/** Containers that may more than they need: what gives too much is taken away, what is missing is said. */
import type { ElementId } from '#simulation/model/ids.ts';
import { lastStep } from '../short-path.ts';
import { remove, replace } from './edits.ts';
import type { Fix, FixInput, FixRule } from './fix.ts';
import { setStatement } from './size.ts';

/** Single capabilities that stand in for `privileged` most often, and for what. */
const commonCapabilities = [
    { capability: 'NET_ADMIN', use: 'a VPN or a firewall' },
    { capability: 'SYS_PTRACE', use: 'a debugger' },
    { capability: 'SYS_TIME', use: 'a time server' },
] as const;

/** Devices whose drivers ask for a capability besides (capabilities(7)): with it and the device, nothing of `privileged` is missed. */
const deviceCapabilities = [
    { device: /^\/dev\/(net\/tun|ppp)\b/, capability: 'NET_ADMIN' },
    { device: /^\/dev\/(rtc|ptp|pps)\d*\b/, capability: 'SYS_TIME' },
] as const;

export const privilegedContainer: FixRule = {
    codes: ['privileged-container'],
    *fixes(input: FixInput): Generator<Fix> {
        const { at, subject } = input.finding;
        const source = input.sourceOf(at.uri);
        const container = subject === undefined ? undefined : input.analysis.lowered.topology.elements.get(subject);
        if (source === undefined || subject === undefined || container?.kind !== 'container') {
            return;
        }
        const needed = deviceCapabilities.flatMap(({ device, capability }) => {
            const named = container.devices.find((path) => device.test(path));
            return named === undefined || container.capabilitiesAdded.includes(capability) ? [] : [{ device: named, capability }];
        });
        if (needed.length > 0) {
            const names = needed.map(({ capability }) => capability).join(' and ');
            const statements = needed.map(({ capability }) => `capability add ${capability}`).join('  ');
            const devices = needed.map(({ device }) => device).join(' and ');
            yield { title: `Give it ${names} in place of \`privileged\`, all that ${devices} asks for`, edits: [replace(at, statements)], isPreferred: true };
        }
        const kept = container.devices.length === 0 ? '' : `: it keeps ${container.devices.join(' and ')}`;
        yield { title: `Take \`privileged\` from ${lastStep(subject)}${kept}`, edits: [remove(at, source)] };
        const others = commonCapabilities.filter(({ capability }) => !container.capabilitiesAdded.includes(capability));
        for (const { capability, use } of needed.length > 0 ? [] : others) {
            yield { title: `Give it ${capability} in place of \`privileged\`, enough for ${use}`, edits: [replace(at, `capability add ${capability}`)] };
        }
    },
};

export const giftToContainer: FixRule = {
    codes: ['engine-socket-mounted', 'device-access'],
    *fixes({ finding, sourceOf, analysis }: FixInput): Generator<Fix> {
        const source = sourceOf(finding.at.uri);
        const element = finding.subject && analysis.lowered.topology.elements.get(finding.subject);
        // Of several statements of one kind the text says not which is meant.
        const isOnly = element?.kind === 'container' && (finding.code === 'device-access' ? element.devices : element.mounts).length === 1;
        if (source !== undefined && finding.subject !== undefined && isOnly) {
            const what = finding.code === 'device-access' ? 'device' : 'mount';
            yield { title: `Take the ${what} from ${lastStep(finding.subject)}`, edits: [remove(finding.at, source)] };
        }
    },
};

export const hardenContainer: FixRule = {
    codes: ['seccomp-unconfined', 'root-user', 'no-new-privileges-missing', 'writable-root', 'missing-pids-limit'],
    *fixes(input: FixInput): Generator<Fix> {
        const remedy = remedies.get(input.finding.code);
        const { subject } = input.finding;
        if (remedy !== undefined && subject !== undefined) {
            yield* saying(input, subject, remedy);
        }
    },
};

interface Remedy {
    readonly key: string;
    readonly value: string;
}

const remedies: ReadonlyMap<string, Remedy> = new Map([
    ['seccomp-unconfined', { key: 'seccomp', value: 'default' }],
    ['root-user', { key: 'user', value: '1000' }],
    ['no-new-privileges-missing', { key: 'no-new-privileges', value: 'on' }],
    ['writable-root', { key: 'read-only', value: 'on' }],
    ['missing-pids-limit', { key: 'pids limit', value: '100' }],
]);

function* saying(input: FixInput, subject: ElementId, { key, value }: Remedy): Generator<Fix> {
    const edit = setStatement(input, subject, key, value);
    if (edit !== undefined) {
        yield { title: `Say \`${key} ${value}\` of ${lastStep(subject)}`, edits: [edit], isPreferred: true };
    }
}
