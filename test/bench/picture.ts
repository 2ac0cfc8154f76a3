/** Times the layout of a picture of about 10,000 boxes, from scratch and after an edit, and its SVG. */
import { drawStrata } from '#server/picture/draw-strata.ts';
import { sceneToSvg } from '#server/picture/svg.ts';
import type { PictureResource } from '#server/protocol.ts';
import { packResult, sentResults, unpackResult } from '#server/simulation-messages.ts';
import type { Result } from '#simulation/model/result.ts';
import { bytes } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import { MiB } from '../simulation/topology-builder.ts';
import { alternate, printTable, type Timed, timed } from './measure.ts';
import { flat } from './topologies.ts';

/** Wide enough that nothing has to be merged. */
const width = 1400;

export async function timePicture(elements: number, rounds: number): Promise<void> {
    const result = simulate(flat(elements));
    const draw = (of: Result, resource: PictureResource) => drawStrata(of, of.findings, { resource, width });
    const layout = (of: Result, resource: PictureResource): Timed =>
        timed(
            () => draw(of, resource),
            ({ boxes }) => boxes.length,
        );
    const scene = draw(result, 'memory');
    const edited = editsOfOneLimit(result);
    const fromScratch = 'layout by memory';
    const rows = await alternate(
        [
            { name: fromScratch, run: () => layout(unknown(result), 'memory') },
            { name: 'layout by CPU', run: () => layout(unknown(result), 'cpu') },
            { name: 'layout by memory after an edit of one limit', beside: fromScratch, run: () => layout(edited.next().value, 'memory') },
            {
                name: 'SVG',
                run: () =>
                    timed(
                        () => sceneToSvg(scene),
                        (svg) => svg.length,
                    ),
            },
        ],
        rounds,
    );
    printTable(`Picture: ${scene.boxes.length.toLocaleString('en')} boxes of ${elements.toLocaleString('en')} elements`, rows);
}

/** The same of elements that no picture has been made of. */
function unknown(result: Result): Result {
    const copied = <Key, Value extends object>(map: ReadonlyMap<Key, Value>): ReadonlyMap<Key, Value> =>
        new Map([...map].map(([key, value]) => [key, { ...value }]));
    return { ...result, topology: { ...result.topology, elements: copied(result.topology.elements) }, elements: copied(result.elements) };
}

/** As the server gets them from its worker: what an edit does not touch is the very same. */
function* editsOfOneLimit(first: Result): Generator<Result, never> {
    const containers = [...first.topology.elements.values()].filter((element) => element.kind === 'container');
    const container = containers[containers.length >> 1];
    if (container === undefined) {
        throw new Error('There is no container to edit.');
    }
    let result = first;
    for (let limit = 300; ; limit++) {
        const elements = new Map(first.topology.elements).set(container.id, { ...container, memoryLimit: bytes(limit * MiB) });
        const next = simulate({ ...first.topology, elements });
        const known = sentResults(result);
        result = { topology: next.topology, ...unpackResult(structuredClone(packResult(next, known)), known) };
        yield result;
    }
}
