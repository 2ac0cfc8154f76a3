/** Times the layout of a picture of about 10,000 boxes, and its SVG. */
import { drawStrata } from '#server/picture/draw-strata.ts';
import { sceneToSvg } from '#server/picture/svg.ts';
import { simulate } from '#simulation/simulate.ts';
import { alternate, printTable, timed } from './measure.ts';
import { flat } from './topologies.ts';

/** Wide enough that nothing has to be merged. */
const width = 1400;

export async function timePicture(elements: number, rounds: number): Promise<void> {
    const result = simulate(flat(elements));
    const draw = (resource: 'cpu' | 'memory') => drawStrata(result, result.findings, { resource, width });
    const scene = draw('memory');
    const rows = await alternate(
        [
            {
                name: 'layout by memory',
                run: () =>
                    timed(
                        () => draw('memory'),
                        ({ boxes }) => boxes.length,
                    ),
            },
            {
                name: 'layout by CPU',
                run: () =>
                    timed(
                        () => draw('cpu'),
                        ({ boxes }) => boxes.length,
                    ),
            },
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
