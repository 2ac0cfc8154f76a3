/** Times the simulation core on topologies of many elements, beside loops that were made for them. */
import type { Result } from '#simulation/model/result.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { simulate } from '#simulation/simulate.ts';
import { alternate, type Contender, isSame, printTable, timed } from './measure.ts';
import { factorOf, plainFlat, plainNested } from './plain-loop.ts';
import { flat, identical, nested, withSets } from './topologies.ts';

export async function timeCore(elements: number, rounds: number): Promise<void> {
    const topologies = { flat: flat(elements), nested: nested(elements), sets: withSets(elements), identical: identical(elements) };
    const hosts = (topology: Topology): number => [...topology.elements.values()].filter(({ kind }) => kind === 'host').length;
    agree('flat', plainFlat(hosts(topologies.flat)), grants(simulate(topologies.flat)));
    agree('nested', plainNested(hosts(topologies.nested)), grants(simulate(topologies.nested)));
    const core = (name: string, topology: Topology, beside?: string): Contender => ({
        name,
        ...(beside === undefined ? {} : { beside }),
        run: () => timed(() => simulate(topology), grants),
    });
    const plain = (name: string, loop: () => number): Contender => ({ name, run: () => timed(loop, (sum) => sum) });
    const count = elements.toLocaleString('en');
    const rows = await alternate(
        [
            core(`flat, ${count} elements`, topologies.flat, plainFlatName),
            plain(plainFlatName, () => plainFlat(hosts(topologies.flat))),
            core(`nested in VMs, ${count} elements`, topologies.nested, plainNestedName),
            plain(plainNestedName, () => plainNested(hosts(topologies.nested))),
            core(`flat with CPU sets, ${count} elements`, topologies.sets),
            core(`${count} equal hosts × 10 containers`, topologies.identical),
        ],
        rounds,
    );
    printTable('Core: a topology to its whole result (CPU, memory, disk, start-up, isolation, findings)', rows);
}

const plainFlatName = '  plain loop for flat, CPU shares only';
const plainNestedName = '  plain loop for nested, CPU shares only';

/** The sum of what containers' processes are granted, in the order of declaration. */
function grants({ topology, elements }: Result): number {
    let sum = 0;
    let number = 0;
    for (const { id, kind } of topology.elements.values()) {
        if (kind === 'process') {
            sum += (elements.get(id)?.cpu?.granted ?? 0) * factorOf(number++);
        }
    }
    return sum;
}

function agree(name: string, plain: number, core: number): void {
    if (!isSame(plain, core)) {
        throw new Error(`The plain loop and the core disagree on ${name}: ${plain} and ${core}.`);
    }
}
