/** What an element is granted and why, as Markdown; every figure is the result's. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { CpuBound, CpuResult, ElementResult, MemoryPart, MemoryResult, Result } from '#simulation/model/result.ts';
import type { Element } from '#simulation/model/topology.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { showFigure, showShare } from './figures.ts';
import type { Links } from './links.ts';
import { codeSpan, escapeMarkdown } from './markdown.ts';
import { courseLines } from './run-course.ts';
import { fatesOf, fateText } from './run-fate.ts';

/** Parts of a sum that are listed one by one; the rest is summed up. */
const listedParts = 8;

export function explainElement(id: ElementId, result: Result, links: Links): string {
    const element = result.topology.elements.get(id);
    const figures = result.elements.get(id);
    if (element === undefined || figures === undefined) {
        return '';
    }
    const subject: Subject = { element, figures, result, links };
    return [heading(subject), ...explainCpu(subject), ...explainMemory(subject), ...explainPlace(subject), ...explainRuns(subject)].join('\n');
}

interface Subject {
    readonly element: Element;
    readonly figures: ElementResult;
    readonly result: Result;
    readonly links: Links;
}

function heading({ element, links }: Subject): string {
    const count = element.replicas === undefined ? '' : ` × ${element.replicas}, each:`;
    return `**${element.kind}** ${codeSpan(element.id)}${count}${variety(element, links)}\n`;
}

/** What it is one of, which leads to the figures of the catalog. */
function variety(element: Element, links: Links): string {
    switch (element.kind) {
        case 'host':
        case 'vm':
            return element.os === undefined ? '' : ` · ${links.definition({ kind: 'os', name: element.os.name }, element.os.name)}`;
        case 'container':
            return element.image === undefined
                ? ''
                : ` · image ${links.definition({ kind: 'image', name: element.image.definition ?? element.image.reference }, element.image.reference)}`;
        case 'hypervisor':
        case 'engine':
            return ` · type ${links.definition({ kind: `${element.kind}-type`, name: element.type }, element.type)}`;
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

function explainCpu(subject: Subject): readonly string[] {
    const { cpu } = subject.figures;
    if (cpu === undefined) {
        return [];
    }
    const { granted, demand, capacity, headroom, overcommit, throttled, contended, overhead, weight, bound } = cpu;
    const lines: string[] = [];
    if (demand === undefined) {
        lines.push(`- CPU: demand unknown${granted === undefined ? '' : `, ${showFigure(granted, 'cpu')} granted to what is known`}`);
    } else if (granted !== undefined) {
        lines.push(`- CPU: **${showFigure(granted, 'cpu')}** granted of ${showFigure(demand, 'cpu')} wanted${reason(subject, cpu)}`);
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

function reason({ element, result, links }: Subject, { bound, limit }: CpuResult): string {
    if (bound === undefined) {
        return '';
    }
    const at = bound.at ?? element.id;
    const whose = at === element.id ? 'its' : `${links.element(at)}’s`;
    const others = bound.by === 'contention' ? competitors(element, result, links) : '';
    const words = (key: string, text: string): string => links.statement(at, key, text);
    return ` — ${others === '' ? reasons[bound.by](whose, boundFigure(at, bound.by, limit, result), words) : others}`;
}

type Words = (statement: string, text: string) => string;
const reasons: Readonly<Record<CpuBound, (whose: string, figure: string, words: Words) => string>> = {
    demand: () => 'all it asks for',
    threads: (whose, _, words) => `${whose} ${words('threads', 'threads')} can keep no more CPUs busy`,
    limit: (whose, figure, words) => `held by ${whose} ${words('cpu limit', 'CPU limit')}${figure}`,
    set: (whose, figure, words) => `held by ${whose} ${words('cpu set', 'CPU set')}${figure}`,
    vcpus: (whose, figure, words) => `held by ${whose} ${words('vcpus', 'vCPUs')}${figure}`,
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
function competitors(element: Element, result: Result, links: Links): string {
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
    const named = rivals.slice(0, 3).map(({ id, granted }) => `${links.element(id)} (${showFigure(granted, 'cpu')})`);
    return named.length === 0 ? '' : `the rest goes to others: ${named.join(', ')}${rivals.length > 3 ? ` and ${rivals.length - 3} more` : ''}`;
}

function carrierOf(id: ElementId, result: Result): ElementId | undefined {
    return result.elements.get(id)?.carrier ?? result.topology.elements.get(id)?.parent;
}

function explainMemory({ element, figures, links }: Subject): readonly string[] {
    const { memory, disk } = figures;
    const lines: string[] = [];
    if (memory?.used !== undefined) {
        lines.push(`- Memory: **${showFigure(memory.used, 'memory')}** used${room(element, memory, links)}`);
        lines.push(...parts(memory.parts ?? [], links));
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

function room({ id, kind }: Element, { capacity, headroom, limit }: MemoryResult, links: Links): string {
    if (capacity !== undefined) {
        return ` of ${links.statement(id, 'memory', showFigure(capacity, 'memory'))}${headroom === undefined ? '' : `, ${showShare(headroom)} free`}`;
    }
    const unlimited = kind === 'slice' || kind === 'pod' || kind === 'container' ? ', no limit' : '';
    return limit === undefined ? unlimited : ` of a limit of ${links.statement(id, 'memory limit', showFigure(limit, 'memory'))}`;
}

/** The terms of the sum; a single one says nothing that the sum did not. */
function parts(all: readonly MemoryPart[], links: Links): readonly string[] {
    if (all.length < 2) {
        return [];
    }
    const rest = all.slice(listedParts).reduce((sum, { bytes }) => sum + bytes, 0);
    return [
        ...all
            .slice(0, listedParts)
            .map(
                ({ label, bytes, element }) =>
                    `  - ${showFigure(bytes, 'memory')} ${element === undefined ? escapeMarkdown(label) : links.element(element, label)}`,
            ),
        ...(all.length > listedParts ? [`  - ${showFigure(rest, 'memory')} ${all.length - listedParts} more`] : []),
    ];
}

function explainPlace({ element, figures, result, links }: Subject): readonly string[] {
    const { kernel, readyAt } = figures;
    const group = result.kernels.find((candidate) => candidate.kernel === kernel);
    const family = group?.family === undefined ? '' : ` (${group.family})`;
    const others = (group?.members ?? []).filter((member) => member !== element.id).length;
    const shared = element.kind === 'container' && others > 0 ? `, shared with ${others} other ${others === 1 ? 'workload' : 'workloads'}` : '';
    return [
        ...(kernel === undefined ? [] : [kernel === element.id ? `- Kernel: its own${family}` : `- Kernel: ${links.element(kernel)}’s${family}${shared}`]),
        ...(readyAt === undefined ? [] : [`- Ready ${showFigure(readyAt, 'time')} after the hosts are switched on`]),
    ];
}

/** For each scenario what became of the worst of all replicas, and below it how the first fared. */
function explainRuns({ element, result }: Subject): readonly string[] {
    if (result.runs.length === 0) {
        return [];
    }
    const index = indexTopology(result.topology);
    const number = index.numbers.get(element.id);
    const courses = number === undefined ? [] : courseLines(index, result.runs, number);
    return result.runs.flatMap((run, place) => {
        const fate = number === undefined ? undefined : fatesOf(index, run).get(number);
        return fate === undefined
            ? []
            : [`- In ${escapeMarkdown(run.scenario)}: ${fateText(fate)}`, ...(courses[place] ?? []).map((line) => `  - ${codeSpan(line)}`)];
    });
}
