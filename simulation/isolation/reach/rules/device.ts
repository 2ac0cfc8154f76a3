/** Devices through which the host is written past its permissions. */
import { nameOf } from '../../element-names.ts';
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
    edges({ index, number, direct }) {
        if (direct === undefined) return [];
        const { container, kernel, root } = direct;
        return container.devices.flatMap((path) => {
            const power = powerOfDevice(path.split(':')[0] ?? path);
            if (power === undefined) return [];
            const because = () => `${container.name} has ${path} of ${nameOf(index, kernel)}: ${power}`;
            return [{ rule: device, from: number, to: { kind: 'root', kernel } as const, needs: root, via: () => `device ${path}`, because }];
        });
    },
};
