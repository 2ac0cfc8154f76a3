/** Object.groupBy for Node 20, on which older VS Code Servers run; the parser library calls it. Import this before anything else. */

const target = Object as { groupBy?: <Item>(items: Iterable<Item>, keyOf: (item: Item, index: number) => PropertyKey) => Record<PropertyKey, Item[]> };

target.groupBy ??= (items, keyOf) => {
    const groups: Record<PropertyKey, unknown[]> = Object.create(null);
    let index = 0;
    for (const item of items) {
        const key = keyOf(item, index++);
        groups[key] ??= [];
        groups[key].push(item);
    }
    return groups as never;
};
