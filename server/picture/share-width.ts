/** Divides a width among neighbours: in proportion to their amounts, but nobody gets less than what makes it readable. */

export interface WidthClaim {
    readonly amount: number;
    /** Least width in pixels. */
    readonly floor: number;
    /** Free room gives way to others first. */
    readonly yields: boolean;
}

/**
 * Widths in the order of the claims; they sum to `width`.
 * To scale (`amount · scale`) as far as possible: what others need beyond that is taken from free room first, and from all in proportion then.
 */
export function shareWidth(claims: readonly WidthClaim[], width: number, scale: number): readonly number[] {
    const firm = claims.filter((claim) => !claim.yields);
    const wanted = firm.reduce((sum, claim) => sum + Math.max(claim.floor, claim.amount * scale), 0);
    const yielding = claims.find((claim) => claim.yields);
    if (yielding !== undefined && wanted + yielding.floor <= width && claims.length === firm.length + 1) {
        return claims.map((claim) => (claim.yields ? width - wanted : Math.max(claim.floor, claim.amount * scale)));
    }
    return fillWidth(claims, width);
}

/** `max(floor, λ · amount)` with λ such that the sum is `width`; floors are scaled down where they alone are too much. */
function fillWidth(claims: readonly WidthClaim[], width: number): readonly number[] {
    const floors = claims.reduce((sum, claim) => sum + claim.floor, 0);
    if (floors >= width) {
        return claims.map((claim) => (floors === 0 ? 0 : (claim.floor * width) / floors));
    }
    const lambda = levelOf(claims, width);
    const widths = claims.map((claim) => Math.max(claim.floor, lambda * claim.amount));
    const rest = width - widths.reduce((sum, value) => sum + value, 0);
    return widths.map((value) => value + (lambda === 0 ? rest / widths.length : 0));
}

/** Claims leave their floor in the order of `floor / amount`; the level is found where the next one would still stand on its floor. */
function levelOf(claims: readonly WidthClaim[], width: number): number {
    const rising = claims.filter((claim) => claim.amount > 0).sort((a, b) => a.floor / a.amount - b.floor / b.amount);
    let standing = claims.reduce((sum, claim) => sum + claim.floor, 0);
    let amounts = 0;
    let lambda = 0;
    for (const [index, claim] of rising.entries()) {
        standing -= claim.floor;
        amounts += claim.amount;
        lambda = (width - standing) / amounts;
        const next = rising[index + 1];
        if (next === undefined || lambda <= next.floor / next.amount) {
            break;
        }
    }
    return lambda;
}
