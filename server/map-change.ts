/** What a map has come to since it was sent to another thread, so that only that need be sent. */

export interface MapChange<Key, Value> {
    readonly changed: readonly (readonly [Key, Value])[];
    /** All keys in their order; absent where they are the same ones. */
    readonly order?: readonly Key[];
}

export function mapChange<Key, Value>(
    before: ReadonlyMap<Key, Value>,
    after: ReadonlyMap<Key, Value>,
    isSame: (one: Value, other: Value) => boolean,
): MapChange<Key, Value> {
    const changed: (readonly [Key, Value])[] = [];
    const oldKeys = before.keys();
    let isOrdered = before.size === after.size;
    for (const [key, value] of after) {
        isOrdered = isOrdered && oldKeys.next().value === key;
        const old = before.get(key);
        if (old === undefined || !isSame(old, value)) {
            changed.push([key, value]);
        }
    }
    return isOrdered ? { changed } : { changed, order: [...after.keys()] };
}

export function applyChange<Key, Value>(before: ReadonlyMap<Key, Value>, { changed, order }: MapChange<Key, Value>): ReadonlyMap<Key, Value> {
    const values = new Map([...before, ...changed]);
    if (order === undefined) {
        return values;
    }
    const ordered = new Map<Key, Value>();
    for (const key of order) {
        const value = values.get(key);
        if (value === undefined) {
            throw new Error(`Nothing was ever sent for ${String(key)}.`);
        }
        ordered.set(key, value);
    }
    return ordered;
}

/** Whether two pieces of plain data, which have neither circles nor maps in them, say the same. */
export function isSameData(one: unknown, other: unknown): boolean {
    if (Object.is(one, other)) {
        return true;
    }
    if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null || Array.isArray(one) !== Array.isArray(other)) {
        return false;
    }
    // Loops over names, which makes no lists: this is asked of every result after every keystroke.
    let names = 0;
    for (const name in one) {
        if (!(name in other && isSameData(Reflect.get(one, name), Reflect.get(other, name)))) {
            return false;
        }
        names++;
    }
    for (const _ in other) {
        names--;
    }
    return names === 0;
}
