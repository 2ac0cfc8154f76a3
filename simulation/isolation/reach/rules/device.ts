/** Devices through which the host is written past its permissions. */
import { nameOf } from '../../element-names.ts';
import { directPowersOf } from '../container-powers.ts';
import { powerOfDevice } from '../devices.ts';
import type { EdgeRule } from '../edge.ts';

export const device: EdgeRule = {
    code: 'device',
    title: "The host's disks and memory as devices control the kernel",
    explanation:
        'A disk is every file on it; /dev/mem and /dev/port are the machine itself (the kernel also asks for SYS_RAWIO there, which is counted as given with them). ' +
        'Others give less and make no edge: /dev/kvm runs guests, /dev/net/tun and /dev/fuse serve their own namespace, a GPU or VFIO device shows its own memory.',
    layers: ['configuration'],
    rules: { cisDocker: ['5.18'] },
    source: 'docker-bench-security 5_18; mem(4); Docker, docker run reference, "--device"',
    *edges(index, number) {
        const powers = directPowersOf(index, number);
        for (const path of powers?.container.devices ?? []) {
            const because = powerOfDevice(path.split(':')[0] ?? path);
            if (powers === undefined || because === undefined) continue;
            yield {
                rule: device,
                from: number,
                to: { kind: 'root', kernel: powers.kernel },
                needs: powers.root,
                via: `device ${path}`,
                because: `${powers.container.name} has ${path} of ${nameOf(index, powers.kernel)}: ${because}`,
            };
        }
    },
};
