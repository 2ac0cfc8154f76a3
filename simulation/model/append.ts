/** Adds an item to the list that a map holds under a key; the first one begins the list. */
export function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
    const list = map.get(key);
    if (list === undefined) map.set(key, [item]);
    else list.push(item);
}
