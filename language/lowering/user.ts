/** Lowers who a container runs as: `root`, or a number. */

import type { Scope } from '../expressions/evaluate.ts';
import { plainValue } from '../expressions/statement-value.ts';
import type { Quantity } from '../generated/ast.ts';

/** User ids are 32 bits wide (Linux `uid_t`). */
export const maximumUser = 2 ** 32 - 1;

export function userName(item: Quantity | undefined, scope: Scope): string | undefined {
    if (item?.value?.$type === 'Reference' && item.value.name === 'root') {
        return 'root';
    }
    const id = plainValue('user', 'number', item?.value, scope, { min: 0, max: maximumUser, whole: true });
    return id === undefined ? undefined : String(id);
}
