/** Who is killed under which limit on a real Linux kernel, as Strata text; what the language can't say is named. */
import { existsSync, readFileSync } from 'node:fs';
import { story } from '../helpers/scenario-runs.ts';

/** The reference cases are not part of the project: they lie beside it where they are at hand. */
export const memoryCasesFile = new URL('../../../shared/truth/memory.json', import.meta.url);
export const memoryCasesAreThere = existsSync(memoryCasesFile);

interface MemoryCase {
    readonly id: string;
    readonly measured: { readonly outcome?: Readonly<Record<string, string>> };
}

export interface KillComparison {
    readonly id: string;
    readonly measured: readonly string[];
    readonly computed: readonly string[];
}

const machine = (inside: string): string => `host h { cpu 2 cores  memory 24 GiB  boot 0 s  os linux\n${inside}\n}\nscenario run { duration 1 min }`;
const holder = (size: number): string => `process holder { memory ${size} MB }`;
/** Waits a second, then grows for ten; what was taken stays taken. */
const grower = (size: number, more = ''): string =>
    `process grower { ${more} phase wait { for 1 s } phase grow { for 10 s  memory 0 MB to ${size} MB } phase hold { for 1 h  memory ${size} MB } }`;

/** By case; the others are about page cache, shared pages, forks, or processes that move, which the language does not have. */
const texts: Readonly<Record<string, string>> = {
    'mem-biggest-dies': machine(`slice A { memory limit 64 MB ${holder(40)} ${grower(40)} }`),
    'mem-adj-plus1000': machine(`slice A { memory limit 64 MB ${holder(40)} ${grower(40, 'oom-score-adj 1000')} }`),
    'mem-adj-plus500': machine(`slice A { memory limit 64 MB ${holder(40)} ${grower(40, 'oom-score-adj 500')} }`),
    'mem-adj-plus200': machine(`slice A { memory limit 64 MB ${holder(40)} ${grower(40, 'oom-score-adj 200')} }`),
    'mem-adj-minus1000': machine(`slice A { memory limit 64 MB process holder { memory 40 MB  oom-score-adj -1000 } ${grower(40)} }`),
    'mem-parent-child-limit': machine(
        `slice P { memory limit 100 MB slice A { memory limit 60 MB ${holder(40)} } slice B { memory limit 50 MB ${grower(80)} } }`,
    ),
    'mem-parent-lower-than-children': machine(
        `slice P { memory limit 64 MB slice A { memory limit 60 MB ${holder(30)} } slice B { memory limit 60 MB ${grower(60)} } }`,
    ),
    'mem-sibling-of-limited': machine(
        `slice A { memory limit 64 MB process hog { phase grow { for 10 s  memory 0 MB to 128 MB } } } slice B { memory limit 64 MB ${holder(60)} }`,
    ),
};

export function compareKills(): readonly KillComparison[] {
    const cases = JSON.parse(readFileSync(memoryCasesFile, 'utf8')) as readonly MemoryCase[];
    return cases.flatMap(({ id, measured }) => {
        const text = texts[id];
        if (text === undefined || measured.outcome === undefined) return [];
        const killed = Object.entries(measured.outcome).flatMap(([path, how]) => (how === 'SIGKILL' ? [path.split('.').at(-1) ?? path] : []));
        const computed = story(text).events.flatMap(({ type, path }) => (type === 'killed-oom' ? [path.split('.').at(-1) ?? path] : []));
        return [{ id, measured: killed, computed }];
    });
}
