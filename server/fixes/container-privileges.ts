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

export const privilegedContainer: FixRule = {
    codes: ['privileged-container'],
    *fixes(input: FixInput): Generator<Fix> {
        const { at, subject } = input.finding;
        const source = input.sourceOf(at.uri);
        if (source === undefined || subject === undefined) {
            return;
        }
        yield { title: `Take \`privileged\` from ${lastStep(subject)}`, edits: [remove(at, source)] };
        for (const { capability, use } of commonCapabilities) {
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
