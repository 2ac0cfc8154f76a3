/** What was published, typed from its sources, and the tables themselves where they are beside this checkout. */
import { existsSync, readFileSync } from 'node:fs';
import { elementId } from '#simulation/model/ids.ts';
import type { ElementResult, Result } from '#simulation/model/result.ts';
import { simulate } from '#simulation/simulate.ts';
import { lowerText, problemLines } from '../helpers/strata.ts';

export const MiB = 2 ** 20;
export const GB = 1e9;

/** A text as it comes out of the whole pipeline. Throws where the language finds fault with it, so that no test compares half a topology. */
export function computed(text: string): Result {
    const lowered = lowerText(text);
    const problems = problemLines(lowered);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return simulate(lowered.topology);
}

export function resultAt(result: Result, path: string): ElementResult {
    const found = result.elements.get(elementId(path));
    if (found === undefined) throw new Error(`${path} is not there`);
    return found;
}

/** The rows of a table without its header; undefined where the tables are not at hand. */
export function publishedTable(name: string): readonly (readonly string[])[] | undefined {
    const file = new URL(`../../../shared/facts/tables/${name}`, import.meta.url);
    if (!existsSync(file)) return undefined;
    const [, ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
    return rows.map((row) => row.split(','));
}
