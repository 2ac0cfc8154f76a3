/** The pictures of the examples, byte for byte. `UPDATE_BASELINES=1` writes them anew; look at them before they are committed. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyseFiles } from '#server/analyse-files.ts';
import { svgDocument } from '#server/picture/svg.ts';
import { type ViewOptions, viewNames } from '#server/protocol.ts';
import { goodSubject, type ViewSubject } from '#server/views/view.ts';
import { drawingOf } from '#server/views/views.ts';

const root = join(import.meta.dirname, '..', '..');
const examples = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.strata'));
const plain: ViewOptions = { resource: 'memory', width: 1000, broken: 'kernel' };
const pictures = [
    ...viewNames.map((view) => ({ file: `${view}.svg`, view, options: plain })),
    { file: 'strata-cpu.svg', view: 'strata' as const, options: { ...plain, resource: 'cpu' as const } },
];

async function subjectOf(example: string): Promise<ViewSubject> {
    const analysed = await analyseFiles([join('examples', example)], root);
    const [first] = analysed.kind === 'analysed' ? analysed.topologies : [];
    const subject = first && goodSubject(first.analysis, first.services);
    if (subject === undefined) {
        throw new Error(`${example} can't be simulated`);
    }
    return subject;
}

describe.each(examples)('%s', (example) => {
    test.each(pictures)('is drawn as in $file', async ({ file, view, options }) => {
        const svg = svgDocument(drawingOf(view, await subjectOf(example), options));
        const baseline = join(root, 'test', 'baselines', basename(example, '.strata'), file);
        if (process.env['UPDATE_BASELINES'] === '1') {
            mkdirSync(dirname(baseline), { recursive: true });
            writeFileSync(baseline, svg);
        }
        expect(existsSync(baseline), `${baseline} is missing: run with UPDATE_BASELINES=1 and look at it`).toBe(true);
        expect(svg).toBe(readFileSync(baseline, 'utf8'));
    });
});
