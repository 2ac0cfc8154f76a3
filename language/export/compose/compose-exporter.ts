/** Writes containers as a Compose file: each is a service. */
import { stringify } from 'yaml';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Container, Element } from '#simulation/model/topology.ts';
import { freeName } from '../../import/name-drafts.ts';
import { ExportLog } from '../export-log.ts';
import { type Exported, type Exporter, type ExportInput, selectedElements } from '../exporter.ts';
import { noteContainer, noteSlices } from '../what-is-left-out.ts';
import { serviceOf } from './service-of.ts';

export const composeExporter: Exporter = {
    name: 'compose',
    title: 'Docker Compose',
    write: (input) => write(input),
};

function write(input: ExportInput): Exported {
    const elements = selectedElements(input);
    const containers = elements.filter((element): element is Container => element.kind === 'container');
    if (containers.length === 0) {
        return { kind: 'unfit', because: 'there is no container in it' };
    }
    const log = new ExportLog(input);
    const taken = new Set<string>();
    const names = new Map<ElementId, string>(containers.map(({ id, name }) => [id, freeName(name, taken)]));
    const volumes = new Set<string>();
    const services = containers.map((container) => [names.get(container.id) ?? container.name, serviceOf(container, { names, volumes, log })] as const);
    noteSlices(elements, log);
    noteEngines(containers, input, log);
    for (const element of elements) {
        if (element.kind === 'container') {
            noteContainer(element, input.topology, log);
        } else if (element.kind === 'pod') {
            log.note(
                element,
                undefined,
                'not-carried-over',
                `The network that the containers of ${element.name} share`,
                'Give them network_mode: service:… of one of them.',
            );
        }
    }
    const file = {
        services: Object.fromEntries(services),
        ...(volumes.size > 0 && { volumes: Object.fromEntries([...volumes].map((volume) => [volume, {}])) }),
    };
    return { kind: 'exported', text: stringify(withoutVariables(file), { lineWidth: 0, aliasDuplicateObjects: false }), report: log.report };
}

/** One file runs on one engine. */
function noteEngines(containers: readonly Container[], { topology }: ExportInput, log: ExportLog): void {
    const [first] = containers;
    const engineOf = ({ parent }: Element): Element | undefined => {
        const above = parent === undefined ? undefined : topology.elements.get(parent);
        return above === undefined || above.kind === 'engine' ? above : engineOf(above);
    };
    for (const container of containers) {
        if (first !== undefined && engineOf(container) !== engineOf(first)) {
            log.note(
                container,
                undefined,
                'approximated',
                `${container.name} stands on another engine than ${first.name}`,
                'Select one engine, and export each by itself.',
            );
        }
    }
}

/** A dollar begins a variable in every text of a Compose file; two are one. */
function withoutVariables(value: unknown): unknown {
    if (typeof value === 'string') {
        return value.replaceAll('$', () => '$$');
    }
    if (Array.isArray(value)) {
        return value.map(withoutVariables);
    }
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutVariables(item)])) : value;
}
