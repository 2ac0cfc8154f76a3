/** Runs the checks over the syntax trees of a topology. */
import type { LoweringContext } from '../lowering/context.ts';
import type { Declaration } from '../lowering/declarations.ts';
import type { LowerInput } from '../lowering/lower.ts';

export function checkSyntax(input: LowerInput, declarations: readonly Declaration[], context: LoweringContext): void {
    void input; void declarations; void context;
}
