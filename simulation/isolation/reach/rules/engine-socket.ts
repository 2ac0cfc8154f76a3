/** Whoever talks to an engine's socket starts containers as root. */
import { nameOf } from '../../element-names.ts';
import type { EdgeRule } from '../edge.ts';
import { engineSocketIn } from '../host-paths.ts';

export const engineSocket: EdgeRule = {
    code: 'engine-socket',
    title: "A mounted engine's socket controls the kernel under the engine",
    explanation:
        'The engine starts, for whoever asks on its socket, a privileged container with the host mounted. A read-only mount changes nothing: it forbids changing the file, not talking through it. ' +
        'A mounted directory that holds the socket (/run, /) counts as the socket. The user is not looked at, because who mounts the socket gives the group as well. ' +
        "No edge in a user namespace, where root is not the socket's owner, nor behind gVisor and in Kata, which pass no socket of the host's on.",
    layers: ['configuration'],
    rules: {
        cisDocker: ['5.32'],
        pss: 'baseline',
        kics: ['docker_socket_mounted_in_container'],
        trivy: ['KSV-0006'],
        checkov: ['CKV_K8S_27'],
    },
    source: 'Docker, "Docker daemon attack surface"; docker-bench-security 5_32; unix(7)',
    edges({ index, number, powers }) {
        if (powers === undefined || powers.behind !== 'namespaces' || powers.hasUserNamespace) return [];
        const { container, kernel } = powers;
        return container.mounts.flatMap(({ source }) => {
            const socket = engineSocketIn(source);
            if (socket === undefined) return [];
            const through = socket === source ? '' : ` through ${socket}`;
            const because = () => `${container.name} can ask the engine on ${nameOf(index, kernel)} for a privileged container${through}`;
            return [{ rule: engineSocket, from: number, to: { kind: 'root', kernel } as const, needs: 'none' as const, via: () => `mount ${source}`, because }];
        });
    },
};
