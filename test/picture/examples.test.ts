/** The pictures of the examples, byte for byte. `UPDATE_BASELINES=1` writes them anew; look at them before they are committed. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drawStrata } from '#server/picture/draw-strata.ts';
import { sceneToSvg } from '#server/picture/svg.ts';
import { simulate } from '#simulation/simulate.ts';
import { lowerFile } from '../helpers/strata.ts';

const root = join(import.meta.dirname, '..', '..');
const examples = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.strata'));
const pictures = [
    { file: 'strata.svg', resource: 'memory' },
    { file: 'strata-cpu.svg', resource: 'cpu' },
] as const;

describe.each(examples)('%s', (example) => {
    test.each(pictures)('is drawn as in $file', ({ file, resource }) => {
        const result = simulate(lowerFile(join(root, 'examples', example)).topology);
        const svg = sceneToSvg(drawStrata(result, result.findings, { resource, width: 1000 }));
        const baseline = join(root, 'test', 'baselines', basename(example, '.strata'), file);
        if (process.env['UPDATE_BASELINES'] === '1') {
            mkdirSync(dirname(baseline), { recursive: true });
            writeFileSync(baseline, svg);
        }
        expect(existsSync(baseline), `${baseline} is missing: run with UPDATE_BASELINES=1 and look at it`).toBe(true);
        expect(svg).toBe(readFileSync(baseline, 'utf8'));
    });
});
