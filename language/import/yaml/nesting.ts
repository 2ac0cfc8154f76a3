/** How deep YAML is nested, by a loop over its tokens, because what comes after descends by recursion. */
import type { CST } from 'yaml';

/** The offset of the first token that stands deeper than `limit`. */
export function nestingOf(tokens: readonly CST.Token[], limit: number): number | undefined {
    const open: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const { token, depth } = next;
        if (depth > limit) {
            return token.offset;
        }
        for (const child of childrenOf(token)) {
            open.push({ token: child, depth: depth + 1 });
        }
    }
    return undefined;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
    if (token.type === 'document') {
        return token.value === undefined ? [] : [token.value];
    }
    if (!('items' in token)) {
        return [];
    }
    return token.items.flatMap((item) => [item.key, item.value]).filter((child): child is CST.Token => child != null);
}
