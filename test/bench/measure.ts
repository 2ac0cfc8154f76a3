/** Times several ways of doing things in turn, so that what disturbs the machine disturbs them all alike, and prints medians. */

/** One thing to be timed. */
export interface Contender {
    readonly name: string;
    /** Name of the contender that the ratio is to. */
    readonly beside?: string;
    readonly run: () => Timed | Promise<Timed>;
}

/** What a run took, and a number that says what it computed: the same in every round. */
export interface Timed {
    readonly milliseconds: number;
    readonly checksum: number;
}

export interface Row {
    readonly name: string;
    readonly beside?: string;
    readonly samples: readonly number[];
}

/** Runs a piece of work and says what it took; `digest` is not timed. */
export function timed<Value>(work: () => Value, digest: (value: Value) => number): Timed {
    const started = performance.now();
    const value = work();
    return { milliseconds: performance.now() - started, checksum: digest(value) };
}

/** Milliseconds that the processor has worked for this thread. */
export function processorTime(): number {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
}

/** Every contender once a round, after one round that is not counted. Throws where two runs of one contender computed different things. */
export async function alternate(contenders: readonly Contender[], rounds: number): Promise<readonly Row[]> {
    const samples = contenders.map((): number[] => []);
    const checksums = new Map<number, number>();
    for (let round = 0; round <= rounds; round++) {
        for (const [place, { name, run }] of contenders.entries()) {
            const { milliseconds, checksum } = await run();
            const known = checksums.get(place) ?? checksum;
            checksums.set(place, known);
            if (!isSame(known, checksum)) {
                throw new Error(`${name} gave ${known} once and ${checksum} another time.`);
            }
            if (round > 0) {
                samples[place]?.push(milliseconds);
            }
        }
    }
    return contenders.map(({ run: _, ...row }, place) => ({ ...row, samples: samples[place] ?? [] }));
}

/** The value that the given share of the samples does not exceed. */
export function quantile(samples: readonly number[], share: number): number {
    const sorted = [...samples].sort((a, b) => a - b);
    return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? Number.NaN;
}

/** A table of medians and 95th percentiles. */
export function printTable(title: string, rows: readonly Row[]): void {
    console.log(`\n${title}`);
    console.log(`  ${''.padEnd(nameWidth)}${'median ms'.padStart(11)}${'p95 ms'.padStart(10)}${'ratio'.padStart(8)}${'runs'.padStart(6)}`);
    const median = (row: Row | undefined): number => quantile(row?.samples ?? [], 0.5);
    for (const row of rows) {
        const ratio = row.beside === undefined ? '' : (median(row) / median(rows.find(({ name }) => name === row.beside))).toFixed(2);
        const cells = [figure(median(row)).padStart(11), figure(quantile(row.samples, 0.95)).padStart(10), ratio.padStart(8)];
        console.log(`  ${row.name.padEnd(nameWidth)}${cells.join('')}${String(row.samples.length).padStart(6)}`);
    }
}

export function printFact(name: string, value: string): void {
    console.log(`  ${name.padEnd(nameWidth)}${value.padStart(11)}`);
}

export const figure = (milliseconds: number): string => milliseconds.toFixed(milliseconds < 10 ? 2 : milliseconds < 100 ? 1 : 0);

/** Sums in another order may differ by rounding. */
export const isSame = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

const nameWidth = 44;
