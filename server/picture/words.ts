/** What the picture says of an element: a name, a figure that may be shortened, and one line that holds everything. */

import type { ElementResult } from '#simulation/model/result.ts';
import type { Element } from '#simulation/model/topology.ts';
import type { PictureResource } from '../protocol.ts';
import type { Words } from './column.ts';
import { amountOfText, amountText, bytesText, coresText, countText, shareText } from './quantity.ts';
import type { Place } from './standing.ts';

/** Names come from the text: control and direction characters in them must not reach into their surroundings. */
export function plainName(name: string): string {
    return printable.test(name) ? name : name.replace(unprintable, ' ');
}

const printable = /^[ -~]*$/;
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** What is said of an element beside its figures. */
type Subject = Pick<Place, 'element' | 'count' | 'stopped'>;

/** `web ×3`. */
export function labelOf(element: Element, count: number): string {
    return count > 1 ? `${plainName(element.name)} ×${countText(count)}` : plainName(element.name);
}

/** The figure under the name, from long to short. */
export function figuresOf(resource: PictureResource, place: Subject, figures: ElementResult | undefined, unknown: boolean): readonly string[] {
    const word = kindWord(place.element);
    if (place.stopped) {
        return [`${word} · not started`, 'not started', 'off'];
    }
    if (unknown) {
        const what = place.element.kind === 'host' ? 'size unknown' : 'demand unknown';
        return [`${word} · ${what}`, what, 'unknown'];
    }
    const figure = resource === 'cpu' ? cpuFigure(place.element, figures) : memoryFigure(place.element, figures);
    if (figure === undefined) {
        return [word];
    }
    if (place.count > 1) {
        return [`${word} · ${figure} each`, `${figure} each`];
    }
    const named = `${word} · ${figure}`;
    return place.element.implicit ? [`${named} · added by the engine`, named, figure] : [named, figure];
}

/** Everything known of an element, most important first. */
export function descriptionOf(place: Subject, figures: ElementResult | undefined, unknown: boolean): string {
    const { element } = place;
    const several =
        (element.replicas ?? 1) > 1
            ? `, ${countText(element.replicas ?? 1)} replicas${place.count > (element.replicas ?? 1) ? ` in each of ${countText(place.count / (element.replicas ?? 1))}` : ''}, figures of one`
            : '';
    return [
        `${kindWord(element)} ${plainName(element.id)}${several}`,
        ...(element.implicit ? ['added by the engine, not in the text'] : []),
        ...(element.kind === 'container' && element.image !== undefined ? [`image ${plainName(element.image.reference)}`] : []),
        ...Object.entries(element.labels).map(([key, value]) => `label ${plainName(key)}: ${plainName(value)}`),
        ...(place.stopped ? ['does not start by itself'] : unknown ? [element.kind === 'host' ? 'size unknown' : 'demand unknown, which is not zero'] : []),
        ...cpuSentence(figures),
        ...memorySentence(figures),
        ...(figures?.kernel === undefined || element.kind === 'host' || element.kind === 'vm' ? [] : [`runs on the kernel of ${plainName(figures.kernel)}`]),
        ...(figures?.readyAt === undefined ? [] : [`ready after ${Number(figures.readyAt.toPrecision(3))} s`]),
    ].join('; ');
}

export function kindWord(element: Element): string {
    switch (element.kind) {
        case 'vm':
            return 'VM';
        case 'host':
        case 'disk':
        case 'nic':
        case 'hypervisor':
        case 'engine':
        case 'slice':
        case 'pod':
        case 'container':
        case 'process':
            return element.kind;
        default:
            return element satisfies never;
    }
}

/** Words of a box that stands for an amount and no element: that of all replicas together, beside figures of each. */
export function amountWords(resource: PictureResource, amount: number, replicas: number, labels: readonly string[], description: string): Words {
    const text = amountText(resource, amount);
    const inAll = replicas > 1 ? `${text} in all` : text;
    return { labels, details: replicas > 1 ? [inAll, text] : [text], description: () => `${description}: ${inAll}` };
}

function cpuFigure(element: Element, figures: ElementResult | undefined): string | undefined {
    const cpu = figures?.cpu;
    if (element.kind === 'hypervisor' || element.kind === 'engine' || cpu?.granted === undefined) {
        return undefined;
    }
    if (element.kind === 'host' && cpu.capacity !== undefined) {
        return amountOfText('cpu', cpu.granted, cpu.capacity);
    }
    if (element.kind === 'vm' && element.vcpus !== undefined) {
        return `${coresText(cpu.granted).split(' ')[0]} of ${element.vcpus} vCPUs`;
    }
    return cpu.demand !== undefined && cpu.demand - cpu.granted > 1e-6 ? amountOfText('cpu', cpu.granted, cpu.demand) : coresText(cpu.granted);
}

function memoryFigure(element: Element, figures: ElementResult | undefined): string | undefined {
    const memory = figures?.memory;
    if (element.kind === 'hypervisor' || element.kind === 'engine' || memory?.used === undefined) {
        return undefined;
    }
    const size = element.kind === 'vm' ? (element.memory ?? memory.capacity) : (memory.capacity ?? memory.limit);
    return size === undefined ? bytesText(memory.used) : amountOfText('memory', memory.used, size);
}

function cpuSentence(figures: ElementResult | undefined): readonly string[] {
    const cpu = figures?.cpu;
    if (cpu === undefined) {
        return [];
    }
    return [
        ...(cpu.granted === undefined
            ? []
            : [`CPU ${cpu.capacity === undefined ? coresText(cpu.granted) : amountOfText('cpu', cpu.granted, cpu.capacity)} granted`]),
        ...(cpu.demand !== undefined && cpu.granted !== undefined && cpu.demand - cpu.granted > 1e-6 ? [`${coresText(cpu.demand)} wanted`] : []),
        ...(cpu.throttled !== undefined && cpu.throttled > 1e-6 ? [`${shareText(cpu.throttled)} of it held back by a limit`] : []),
        ...(cpu.contended !== undefined && cpu.contended > 1e-6 ? [`${shareText(cpu.contended)} of it lost to others`] : []),
        ...(cpu.limit === undefined ? [] : [`limit ${coresText(cpu.limit)}`]),
        ...(cpu.overcommit !== undefined && cpu.overcommit > 1 + 1e-9 ? [`CPU promised ${shareText(cpu.overcommit)} of capacity`] : []),
        ...(cpu.headroom === undefined ? [] : [`${shareText(cpu.headroom)} of CPU free`]),
    ];
}

function memorySentence(figures: ElementResult | undefined): readonly string[] {
    const memory = figures?.memory;
    if (memory === undefined) {
        return [];
    }
    const size = memory.capacity ?? memory.limit;
    return [
        ...(memory.used === undefined ? [] : [`memory ${size === undefined ? bytesText(memory.used) : amountOfText('memory', memory.used, size)} used`]),
        ...(memory.overcommit !== undefined && memory.overcommit > 1 + 1e-9 ? [`memory promised ${shareText(memory.overcommit)} of capacity`] : []),
        ...(memory.headroom === undefined
            ? []
            : [memory.headroom < 0 ? `${shareText(-memory.headroom)} more than it has` : `${shareText(memory.headroom)} of memory free`]),
    ];
}
