/** A container should not share namespaces with its host. */
import { ruleNames } from '../isolation/reach/edge.ts';
import { hostProcesses } from '../isolation/reach/rules/host-processes.ts';
import type { NamespaceKind } from '../model/topology.ts';
import { type Check, subjectOf } from './check.ts';
import { controlClause, type Demand, demandedBy, linuxContainers, openEdges } from './container-rules.ts';

/** Facts: `namespaces`, the kinds that are meant. */
export const hostNamespace: Check = {
    code: 'host-namespace',
    severity: 'warning',
    title: "A container should not share its host's namespaces",
    explanation: `${hostProcesses.explanation} That pair is always named. Under a policy every namespace that is shared with the host is: the network's (host ports, loopback services, abstract sockets), the PIDs', the IPC's (shared memory), the host name's, and the users', which undoes a remapping of root. Rules: ${ruleNames(hostProcesses.rules).join(', ')}, CIS Docker 5.10, 5.17, 5.21, 5.31, KICS shared_host_network_namespace, shared_host_ipc_namespace, shared_host_user_namespace, KSV-0008, KSV-0009, CKV_K8S_18, CKV_K8S_19.`,
    *run({ index, control }) {
        for (const { container, number } of linuxContainers(index, control)) {
            const [edge] = openEdges(control, number, hostProcesses);
            const shared = demands.filter(({ kind, demand }) => container.namespaces[kind]?.kind === 'host' && demandedBy(index, demand) !== undefined);
            if (edge === undefined && shared.length === 0) continue;
            const kinds = shared.map(({ kind }) => kind);
            const rules = [...new Set(shared.map(({ demand }) => demandedBy(index, demand)))].join(', ');
            yield {
                code: hostNamespace.code,
                severity: 'warning',
                subject: container.id,
                statement: 'namespace',
                message:
                    edge === undefined
                        ? `${subjectOf(container)} shares its host's ${kinds.join(', ')} namespace${kinds.length > 1 ? 's' : ''}, against ${rules}. Leave it its own.`
                        : `${controlClause(subjectOf(container), edge)}: ${edge.because()}. Take away \`namespace pid host\` or SYS_PTRACE.`,
                facts: { namespaces: edge === undefined ? kinds : ['pid'] },
                related: [],
            };
        }
    },
};

const demands: readonly { readonly kind: NamespaceKind; readonly demand: Demand }[] = [
    { kind: 'network', demand: { cisDocker: '5.10', pss: 'baseline' } },
    { kind: 'pid', demand: { cisDocker: '5.16', pss: 'baseline' } },
    { kind: 'ipc', demand: { cisDocker: '5.17', pss: 'baseline' } },
    { kind: 'uts', demand: { cisDocker: '5.21' } },
    { kind: 'user', demand: { cisDocker: '5.31' } },
];
