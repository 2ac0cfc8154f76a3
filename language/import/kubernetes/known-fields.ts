/** The fields that Kubernetes 1.35 knows of Pods and containers, so that a misspelt one is told from one that is not carried over. Source: Kubernetes, API reference, core/v1. */
import { didYouMean } from '../../names/did-you-mean.ts';
import type { Fields } from '../yaml/yaml-fields.ts';

const ofPods =
    'activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig dnsPolicy enableServiceLinks ephemeralContainers hostAliases hostIPC hostNetwork hostPID hostUsers hostname ' +
    'hostnameOverride imagePullSecrets initContainers nodeName nodeSelector os overhead preemptionPolicy priority priorityClassName readinessGates resourceClaims resources restartPolicy ' +
    'runtimeClassName schedulerName schedulingGates securityContext serviceAccount serviceAccountName setHostnameAsFQDN shareProcessNamespace subdomain terminationGracePeriodSeconds tolerations ' +
    'topologySpreadConstraints volumes workloadRef';
const ofContainers =
    'args command env envFrom image imagePullPolicy lifecycle livenessProbe name ports readinessProbe resizePolicy resources restartPolicy restartPolicyRules securityContext startupProbe stdin ' +
    'stdinOnce terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts workingDir';

const known = { Pod: new Set(ofPods.split(' ')), container: new Set(ofContainers.split(' ')) } as const;

/** Tells fields that nobody knows: the API server refuses them, or passes over them, as it is asked to. */
export function tellUnknown(fields: Fields, what: keyof typeof known): void {
    for (const { key, ...located } of [...fields.rest()]) {
        if (located.path === fields.pathOf(key) && !known[what].has(key)) {
            const [meant] = didYouMean(key, [...known[what]]);
            fields.passOver(key);
            fields.note(
                located,
                'not-carried-over',
                `A ${what} has no field ${JSON.stringify(key.slice(0, 60))}`,
                meant === undefined ? 'Look whether it is misspelt.' : `Did you mean ${meant}?`,
            );
        }
    }
}
