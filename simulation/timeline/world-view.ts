/** Members as if each were an element, in an index that what reads topologies can read. */
import type { Columns } from '../model/arena.ts';
import { at, listsBy, none } from '../model/columns.ts';
import { hasKernel, type TopologyIndex } from '../model/topology-index.ts';
import type { World } from './world.ts';

/** Members are not looked up by the ids of their elements: several may have one. */
const noNumbers: TopologyIndex['numbers'] = new Map();

/** The carriers are those that members have now. */
export function viewOf(world: Pick<World, 'index' | 'cohort' | 'elements' | 'carrier' | 'size' | 'columns'>, order: Int32Array): TopologyIndex {
    const { index, cohort, elements, carrier, size, columns } = world;
    const column = () => columns.ints(size).fill(none);
    const [kernel, host, engine, container, hypervisor] = [column(), column(), column(), column(), column()];
    const { topology } = index;
    for (const member of order) {
        const element = elements[member];
        if (element === undefined) continue;
        const stand = at(carrier, member);
        const above = at(cohort.parent, member);
        const { kind } = element;
        engine[member] = kind === 'engine' ? member : kind === 'vm' || above === none ? none : at(engine, above);
        const inherit = (from: Int32Array) => (stand === none ? none : at(from, stand));
        host[member] = kind === 'host' ? member : inherit(host);
        container[member] = kind === 'container' ? member : kind === 'vm' ? none : inherit(container);
        hypervisor[member] = kind === 'hypervisor' ? member : kind === 'vm' && element.implicit ? none : inherit(hypervisor);
        if (kind !== 'disk' && kind !== 'nic') kernel[member] = hasKernel(topology, element, elements[at(engine, member)]) ? member : inherit(kernel);
    }
    return {
        topology,
        elements,
        numbers: noNumbers,
        parent: cohort.parent,
        carrier,
        kernel,
        host,
        engine,
        container,
        hypervisor,
        count: cohort.count,
        multiplicity: cohort.count,
        running: columns.bytes(size).fill(1),
        carried: listsBy(carrier, columns),
    };
}

/** Carriers before what they carry. Until a VM has moved that is the order of the members. */
export function orderOf(carrier: Int32Array, columns: Columns): Int32Array {
    const order = columns.ints(carrier.length);
    let isInOrder = true;
    for (let member = 0; member < carrier.length; member++) {
        order[member] = member;
        isInOrder &&= at(carrier, member) < member;
    }
    if (isInOrder) return order;
    const carried = listsBy(carrier, columns);
    let placed = 0;
    for (const [member, stand] of carrier.entries()) if (stand === none) order[placed++] = member;
    for (let place = 0; place < placed; place++) {
        const member = at(order, place);
        for (let slot = at(carried.start, member); slot < at(carried.start, member + 1); slot++) order[placed++] = at(carried.items, slot);
    }
    return order;
}
