/** How long the tests that can go on for ever go on: short in `npm test`, all of it in `npm run soak`. */

export interface Effort {
    readonly gate: number;
    readonly soak: number;
}

export const isSoak = process.env['STRATA_SOAK'] === '1';

export function effort({ gate, soak }: Effort): number {
    return isSoak ? soak : gate;
}

/** Milliseconds after which a test of such an effort counts as hanging. */
export const patience = effort({ gate: 120_000, soak: 3_600_000 });
