/**
 * Prints how fast Strata is on this machine: `npm run bench [core|isolation|language|server|workspace|picture|preview|likec4 …]`, `--quick` for small sizes and few rounds.
 * Asserts that results are right and never that they are fast. Figures of different runs do not compare: other work on the machine moves them all.
 */
import { cpus } from 'node:os';
import { timeCore } from './core.ts';
import { timeIsolation } from './isolation.ts';
import { timeLanguage } from './language.ts';
import { timeBesideLikeC4 } from './likec4.ts';
import { timePicture } from './picture.ts';
import { timePreview } from './preview.ts';
import { timeScenarios } from './scenarios.ts';
import { timeKeystrokes, timeWorkspace } from './server.ts';

interface Sizes {
    readonly elements: number;
    /** Of the larger of two workloads. */
    readonly hosts: number;
    /** VMs of the smaller and of the larger text. */
    readonly small: number;
    readonly large: number;
    readonly rounds: number;
    readonly edits: number;
    readonly files: number;
    readonly boxes: number;
    /** VMs of the text that a browser draws. */
    readonly drawn: number;
}

const whole: Sizes = { elements: 100_000, hosts: 10_000, small: 100, large: 850, rounds: 5, edits: 100, files: 9, boxes: 8_900, drawn: 1_200 };
const quick: Sizes = { elements: 5_000, hosts: 100, small: 25, large: 100, rounds: 2, edits: 6, files: 2, boxes: 1_000, drawn: 100 };

const parts: Readonly<Record<string, (sizes: Sizes) => Promise<void>>> = {
    core: ({ elements, rounds }) => timeCore(elements, rounds),
    scenarios: ({ hosts, rounds }) => timeScenarios(hosts, rounds),
    isolation: ({ rounds }) => timeIsolation(5_000, 50, rounds),
    language: async ({ small, large, rounds }) => {
        await timeLanguage(small, rounds);
        await timeLanguage(large, rounds);
    },
    server: ({ small, large, edits }) => timeKeystrokes([small, large], edits),
    workspace: ({ large, files, edits }) => timeWorkspace(files, large, edits),
    picture: ({ boxes, rounds }) => timePicture(boxes, rounds),
    preview: ({ drawn, rounds, edits }) => timePreview(drawn, rounds, Math.min(edits, 60)),
    likec4: async ({ small, large, edits }) => {
        await timeBesideLikeC4(small, edits);
        await timeBesideLikeC4(large, edits);
    },
};

/** Only where it is asked for, since it installs another tool (once, about 130 MB). */
const onDemand: readonly string[] = ['likec4'];

const wanted = process.argv.slice(2).filter((argument) => argument !== '--quick');
const unknown = wanted.filter((name) => parts[name] === undefined);
if (unknown.length > 0) {
    throw new Error(`There is no ${unknown.join(' and no ')}; there are ${Object.keys(parts).join(', ')}.`);
}
const sizes = process.argv.includes('--quick') ? quick : whole;
console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} CPUs; milliseconds, medians of rounds in turn.`);
for (const [name, time] of Object.entries(parts)) {
    if (wanted.includes(name) || (wanted.length === 0 && !onDemand.includes(name))) {
        await time(sizes);
    }
}
