/** What `ps` shows at one place, and what else the place shows of its machine, in words. */
import { type View, viewFrom } from '#simulation/isolation/view.ts';
import { visibilityOf, visibleFrom } from '#simulation/isolation/visibility.ts';
import { at, none } from '#simulation/model/columns.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import { firstInstances } from '../json/instances.ts';
import { bytesText, countText } from '../picture/quantity.ts';
import { plainName } from '../picture/words.ts';
import type { ProcessList } from '../protocol.ts';

const mostRows = 60;
/** Processes beyond these are not even counted. */
const mostCounted = 10_000;
const mostVantages = 200;

/** From the element, or the innermost place around it that one can look from; else from the first place in the topology. */
export function processList(index: TopologyIndex, wanted: number | undefined): ProcessList | undefined {
    const places = [...index.elements.keys()].filter((number) => isVantage(index, number));
    const number = (wanted === undefined ? undefined : vantageAround(index, wanted)) ?? places[0];
    const id = number === undefined ? undefined : index.elements[number]?.id;
    const from = id === undefined ? undefined : firstInstances(index, id, 1)[0];
    if (from === undefined || id === undefined) {
        return undefined;
    }
    const rows: ProcessList['rows'][number][] = [];
    let left = 0;
    for (const { pid, path, as, innerPid } of visibleFrom(visibilityOf(index), from)) {
        if (rows.length < mostRows) {
            rows.push({ pid, name: plainName(as), path: plainName(path), ...(innerPid === undefined ? {} : { innerPid }) });
        } else if (++left >= mostCounted) {
            break;
        }
    }
    return {
        from: id,
        vantages: places.slice(0, mostVantages).flatMap((place) => index.elements[place]?.id ?? []),
        facts: factsOf(viewFrom(index, from)),
        rows,
        left: left === 0 ? '' : `${left >= mostCounted ? 'more than ' : ''}${countText(left)} more`,
    };
}

function vantageAround(index: TopologyIndex, wanted: number): number | undefined {
    for (let number = wanted; number !== none; number = at(index.parent, number)) {
        if (isVantage(index, number)) {
            return number;
        }
    }
    return undefined;
}

function isVantage(index: TopologyIndex, number: number): boolean {
    const kind = index.elements[number]?.kind;
    return (kind === 'host' || kind === 'vm' || kind === 'container') && at(index.running, number) === 1 && at(index.multiplicity, number) > 0;
}

function factsOf(view: View): readonly string[] {
    const holder = (what: string, path: string): string => `${what}: ${path === 'own' ? 'its own' : `that of ${plainName(path)}`}`;
    return [
        ...(view.nproc === undefined ? [] : [`nproc counts ${view.nproc}`]),
        ...(view.cpuinfo === undefined ? [] : [`/proc/cpuinfo lists ${view.cpuinfo} CPUs`]),
        ...(view.memoryTotal === undefined ? [] : [`free shows ${bytesText(view.memoryTotal)}`]),
        `interfaces: ${view.interfaces.map(plainName).join(', ')}`,
        holder('host name', view.hostname),
        holder('network', view.network),
        holder('IPC', view.ipc),
        holder('file systems', view.mount),
        holder('user ids', view.user),
    ];
}
