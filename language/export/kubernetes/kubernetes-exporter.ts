/** Writes containers and pods for Kubernetes: a Pod of each, or a Deployment where there are replicas of it. */
import { stringify } from 'yaml';
import type { Container, Element, Pod } from '#simulation/model/topology.ts';
import { freeName } from '../../import/name-drafts.ts';
import { ExportLog } from '../export-log.ts';
import { type Exported, type Exporter, type ExportInput, selectedElements } from '../exporter.ts';
import { noteContainer, noteSlices } from '../what-is-left-out.ts';
import { containerSpec, podSettings, podVolumes } from './container-spec.ts';

export const kubernetesExporter: Exporter = {
    name: 'kubernetes',
    title: 'Kubernetes',
    write: (input) => write(input),
};

function write(input: ExportInput): Exported {
    const elements = selectedElements(input);
    const log = new ExportLog(input);
    const pods = elements.flatMap((element) => podOf(element, input, log));
    if (pods.length === 0) {
        return { kind: 'unfit', because: 'there is neither a pod nor a container in it' };
    }
    noteSlices(elements, log);
    const taken = new Set<string>();
    const documents = pods.map((pod) => stringify(manifestOf(pod, freeName(objectName(pod.name), taken), log), { lineWidth: 0, aliasDuplicateObjects: false }));
    return { kind: 'exported', text: documents.join('---\n'), report: log.report };
}

interface PodToWrite {
    readonly name: string;
    readonly element: Pod | Container;
    readonly containers: readonly Container[];
}

/** A pod with its containers, or a container that stands in none. */
function podOf(element: Element, { topology }: ExportInput, log: ExportLog): readonly PodToWrite[] {
    if (element.kind === 'pod') {
        const containers = element.children.map((id) => topology.elements.get(id)).filter((child): child is Container => child?.kind === 'container');
        for (const container of containers) {
            noteContainer(container, topology, log);
            if (container.replicas !== undefined && container.replicas !== 1) {
                log.note(container, undefined, 'not-carried-over', `That there are ${container.replicas} of it in a pod`, 'Write the container as often.');
            }
        }
        return containers.length === 0 ? [] : [{ name: element.name, element, containers }];
    }
    if (element.kind !== 'container' || topology.elements.get(element.parent ?? element.id)?.kind === 'pod') {
        return [];
    }
    noteContainer(element, topology, log);
    return [{ name: element.name, element, containers: [element] }];
}

function manifestOf({ element, containers }: PodToWrite, name: string, log: ExportLog): object {
    const taken = new Set<string>();
    const names = new Map(containers.map((container) => [container.id, freeName(objectName(container.name), taken)]));
    const spec = {
        ...podSettings(containers, log),
        ...(element.kind === 'pod' && podResources(element)),
        containers: containers.map((container) => containerSpec(container, names.get(container.id) ?? name, log)),
        ...podVolumes(containers),
    };
    const { replicas } = element;
    if (replicas === undefined) {
        return { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec };
    }
    const { restartPolicy, ...always } = spec;
    if (restartPolicy !== 'Always') {
        log.note(element, 'restart', 'approximated', 'A Deployment starts its Pods again always', 'Write a Job, if it shall end.');
    }
    const labels = { app: name };
    return {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name },
        spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: always } },
    };
}

/** What holds for all containers of a pod together. */
function podResources({ cpuLimit, memoryLimit, cpuReserve, memoryReserve }: Pod): object {
    const limits = { ...(cpuLimit !== undefined && { cpu: String(cpuLimit) }), ...(memoryLimit !== undefined && { memory: String(memoryLimit) }) };
    const requests = { ...(cpuReserve > 0 && { cpu: String(cpuReserve) }), ...(memoryReserve > 0 && { memory: String(memoryReserve) }) };
    const resources = { ...(Object.keys(limits).length > 0 && { limits }), ...(Object.keys(requests).length > 0 && { requests }) };
    return Object.keys(resources).length > 0 ? { resources } : {};
}

/** Lower case letters, digits and dashes, at most 63 (RFC 1123). */
const objectName = (name: string): string =>
    name
        .toLowerCase()
        .replace(/[^a-z0-9-]+/g, '-')
        .slice(0, 60)
        .replace(/^-+|-+$/g, '') || 'unnamed';
