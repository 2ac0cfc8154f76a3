/** Nodes of a cluster, where the files describe them: hosts whose size is known. */
import { architectureNamed } from '#simulation/compatibility/architectures.ts';
import type { Fields } from '../yaml/yaml-fields.ts';
import type { KubernetesObject } from './objects.ts';
import { parseQuantity, quantityText } from './quantities.ts';

export interface KubernetesNode {
    readonly name: string;
    readonly os?: 'linux' | 'windows';
    readonly arch?: string;
    /** In cores and bytes. */
    readonly size?: { readonly cpu: number; readonly memory: number };
}

export function readNode({ fields, name }: KubernetesObject): KubernetesNode {
    const status = fields.map('status');
    const info = status?.map('nodeInfo');
    const os = info?.text('operatingSystem');
    const arch = architectureNamed(info?.text('architecture') ?? '');
    const [cpu, memory] = [capacity(status, 'cpu'), capacity(status, 'memory')];
    fields.passOver('spec');
    fields.note(fields, 'not-carried-over', `What the kubelet of ${name} keeps for itself`, 'Leave as much of the host free.');
    return {
        name,
        ...(os === 'linux' || os === 'windows' ? { os } : {}),
        ...(arch === undefined ? {} : { arch }),
        ...(cpu === undefined || memory === undefined ? {} : { size: { cpu, memory } }),
    };
}

function capacity(status: Fields | undefined, resource: string): number | undefined {
    const entry = status?.pairs('capacity').find(({ key }) => key === resource);
    const amount = entry && parseQuantity(quantityText(entry.value) ?? '');
    return amount === undefined || amount <= 0 ? undefined : amount;
}
