/** What an element is granted and why, as Markdown; every figure is the result's. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { CpuBound, CpuResult, ElementResult, MemoryPart, MemoryResult, Result } from '#simulation/model/result.ts';
import type { Element } from '#simulation/model/topology.ts';
import { lastStep } from '../short-path.ts';
import { showFigure, showShare } from './figures.ts';
import { codeSpan, escapeMarkdown } from './markdown.ts';

/** Parts of a sum that are listed one by one; the rest is summed up. */
const listedParts = 8;

export function explainElement(id: ElementId, result: Result): string {
    const element = result.topology.elements.get(id);
    const figures = result.elements.get(id);
    if (element === undefined || figures === undefined) {
        return '';
    }
    return [heading(element), ...explainCpu(element, figures, result), ...explainMemory(element, figures), ...explainPlace(element, figures, result)].join(
        '\n',
    );
}

function heading(element: Element): string {
    const count = element.replicas === undefined ? '' : ` × ${element.replicas}, each:`;
    return `**${element.kind}** ${codeSpan(element.id)}${count}${variety(element)}\n`;
}

function variety(element: Element): string {
    switch (element.kind) {
        case 'host':
        case 'vm':
            return element.os === undefined ? '' : ` · ${escapeMarkdown(element.os.name)}`;
        case 'container':
            return element.image === undefined ? '' : ` · image ${escapeMarkdown(element.image.reference)}`;
        case 'hypervisor':
        case 'engine':
            return element.type === lastStep(element.id) ? '' : ` · ${escapeMarkdown(element.type)}`;
        case 'disk':
        case 'nic':
        case 'slice':
        case 'pod':
        case 'process':
            return '';
        default:
            return element satisfies never;
    }
}

function explainCpu(element: Element, { cpu }: ElementResult, result: Result): readonly string[] {
    if (cpu === undefined) {
        return [];
    }
    const { granted, demand, capacity, headroom, overcommit, throttled, contended, overhead, weight, bound } = cpu;
    const lines: string[] = [];
    if (demand === undefined) {
        lines.push(`- CPU: demand unknown${granted === undefined ? '' : `, ${showFigure(granted, 'cpu')} granted to what is known`}`);
    } else if (granted !== undefined) {
        lines.push(`- CPU: **${showFigure(granted, 'cpu')}** granted of ${showFigure(demand, 'cpu')} wanted${reason(element, cpu, result)}`);
    }
    lines.push(...losses(throttled, contended));
    if (weight !== undefined && (weight !== 100 || bound?.by === 'contention')) {
        lines.push(`  - weight ${weight}`);
    }
    if (capacity !== undefined) {
        const promised = overcommit === undefined || overcommit === 0 ? '' : `, ${showShare(overcommit)} of it promised`;
        lines.push(`  - capacity ${showFigure(capacity, 'cpu')}${headroom === undefined ? '' : `, ${showShare(headroom)} free`}${promised}`);
    }
    if (overhead !== undefined && overhead > 0) {
        lines.push(`  - virtualisation takes ${showFigure(overhead, 'cpu')} on top`);
    }
    return lines;
}

function losses(throttled: number | undefined, contended: number | undefined): readonly string[] {
    return [
        ...(throttled !== undefined && throttled > 0 ? [`  - ${showShare(throttled)} of the demand is cut by limits`] : []),
        ...(contended !== undefined && contended > 0 ? [`  - ${showShare(contended)} of the demand is lost to competitors`] : []),
    ];
}

function reason(element: Element, { bound, limit }: CpuResult, result: Result): string {
    if (bound === undefined) {
        return '';
    }
    const at = bound.at ?? element.id;
    const whose = at === element.id ? 'its' : `${codeSpan(at)}’s`;
    const others = bound.by === 'contention' ? competitors(element, result) : '';
    return ` — ${others === '' ? reasons[bound.by](whose, boundFigure(at, bound.by, limit, result)) : others}`;
}

const reasons: Readonly<Record<CpuBound, (whose: string, figure: string) => string>> = {
    demand: () => 'all it asks for',
    threads: (whose) => `${whose} threads can keep no more CPUs busy`,
    limit: (whose, figure) => `held by ${whose} CPU limit${figure}`,
    set: (whose, figure) => `held by ${whose} CPU set${figure}`,
    vcpus: (whose, figure) => `held by ${whose} vCPUs${figure}`,
    contention: () => 'all there is',
};

function boundFigure(at: ElementId, by: CpuBound, ownLimit: number | undefined, result: Result): string {
    const element = result.topology.elements.get(at);
    if (by === 'vcpus' && element?.kind === 'vm' && element.vcpus !== undefined) {
        return ` (${element.vcpus})`;
    }
    if (by === 'set' && element !== undefined && 'cpuSet' in element && element.cpuSet !== undefined) {
        return ` (${element.cpuSet.length} CPUs)`;
    }
    const limit = result.elements.get(at)?.cpu?.limit ?? ownLimit;
    return by === 'limit' && limit !== undefined ? ` of ${showFigure(limit, 'cpu')}` : '';
}

/** Who gets the CPU that is missing here: what stands beside the element or beside one of its carriers, the largest first. */
function competitors(element: Element, result: Result): string {
    const above = new Set<ElementId>();
    for (let next: ElementId | undefined = element.id; next !== undefined; next = carrierOf(next, result)) {
        above.add(next);
    }
    const rivals = [...result.topology.elements.values()]
        .filter(({ id }) => {
            const carrier = carrierOf(id, result);
            return !above.has(id) && carrier !== undefined && above.has(carrier) && carrier !== element.id;
        })
        .map(({ id, replicas }) => ({ id, granted: (result.elements.get(id)?.cpu?.granted ?? 0) * (replicas ?? 1) }))
        .filter(({ granted }) => granted > 0)
        .sort((a, b) => b.granted - a.granted);
    const named = rivals.slice(0, 3).map(({ id, granted }) => `${codeSpan(id)} (${showFigure(granted, 'cpu')})`);
    return named.length === 0 ? '' : `the rest goes to others: ${named.join(', ')}${rivals.length > 3 ? ` and ${rivals.length - 3} more` : ''}`;
}

function carrierOf(id: ElementId, result: Result): ElementId | undefined {
    return result.elements.get(id)?.carrier ?? result.topology.elements.get(id)?.parent;
}

function explainMemory(element: Element, { memory, disk }: ElementResult): readonly string[] {
    const lines: string[] = [];
    if (memory?.used !== undefined) {
        lines.push(`- Memory: **${showFigure(memory.used, 'memory')}** used${room(element, memory)}`);
        lines.push(...parts(memory.parts ?? []));
    }
    if (memory?.committed !== undefined && memory.committed !== memory.used) {
        lines.push(
            `  - may come to use ${showFigure(memory.committed, 'memory')}${memory.overcommit === undefined ? '' : ` (${showShare(memory.overcommit)} of capacity)`}`,
        );
    }
    if (disk?.used !== undefined && disk.used > 0) {
        lines.push(`- Disk: ${showFigure(disk.used, 'memory')} used${disk.headroom === undefined ? '' : `, ${showShare(disk.headroom)} free`}`);
    }
    return lines;
}

function room(element: Element, { capacity, headroom, limit }: MemoryResult): string {
    if (capacity !== undefined) {
        return ` of ${showFigure(capacity, 'memory')}${headroom === undefined ? '' : `, ${showShare(headroom)} free`}`;
    }
    const unlimited = element.kind === 'slice' || element.kind === 'pod' || element.kind === 'container' ? ', no limit' : '';
    return limit === undefined ? unlimited : ` of a limit of ${showFigure(limit, 'memory')}`;
}

/** The terms of the sum; a single one says nothing that the sum did not. */
function parts(all: readonly MemoryPart[]): readonly string[] {
    if (all.length < 2) {
        return [];
    }
    const rest = all.slice(listedParts).reduce((sum, { bytes }) => sum + bytes, 0);
    return [
        ...all.slice(0, listedParts).map(({ label, bytes }) => `  - ${showFigure(bytes, 'memory')} ${escapeMarkdown(label)}`),
        ...(all.length > listedParts ? [`  - ${showFigure(rest, 'memory')} ${all.length - listedParts} more`] : []),
    ];
}

function explainPlace(element: Element, { kernel, readyAt }: ElementResult, result: Result): readonly string[] {
    const group = result.kernels.find((candidate) => candidate.kernel === kernel);
    const family = group?.family === undefined ? '' : ` (${group.family})`;
    const others = (group?.members ?? []).filter((member) => member !== element.id).length;
    const shared = element.kind === 'container' && others > 0 ? `, shared with ${others} other ${others === 1 ? 'workload' : 'workloads'}` : '';
    return [
        ...(kernel === undefined ? [] : [kernel === element.id ? `- Kernel: its own${family}` : `- Kernel: ${codeSpan(kernel)}’s${family}${shared}`]),
        ...(readyAt === undefined ? [] : [`- Ready ${showFigure(readyAt, 'time')} after the hosts are switched on`]),
    ];
}
