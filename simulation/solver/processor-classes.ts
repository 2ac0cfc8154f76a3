/** Groups CPUs into classes that the same sets may use, so that a flow sees classes instead of single CPUs. */

/** The CPUs of a tree: how many, and what each can do (1 unless a guest's CPUs are themselves shared). */
export interface Machine {
    readonly cpus: number;
    readonly rate: number;
}

/** A set of CPU numbers, ascending; undefined: all. */
export type CpuSet = readonly number[] | undefined;

export interface ProcessorClasses {
    /** What the CPUs of each class can do together. */
    readonly capacities: readonly number[];
    /** For each of the given sets, the classes it may use. */
    readonly usable: readonly (readonly number[])[];
}

/** CPUs that two sets have in common. */
export function intersection(a: CpuSet, b: CpuSet): CpuSet {
    if (a === undefined) return b;
    if (b === undefined) return a;
    const inB = new Set(b);
    return a.filter((cpu) => inB.has(cpu));
}

/** Invariant: every CPU is in exactly one class; the last class holds those in no set. */
export function processorClasses(sets: readonly CpuSet[], machine: Machine): ProcessorClasses {
    const users = new Map<number, number[]>();
    const keys = sets.map((set) => set?.join());
    const distinct = new Map<string, number>();
    for (const [i, set] of sets.entries()) {
        const key = keys[i];
        if (set === undefined || key === undefined || distinct.has(key)) continue;
        const name = distinct.size;
        distinct.set(key, name);
        for (const cpu of set) {
            const list = users.get(cpu);
            if (list === undefined) users.set(cpu, [name]);
            else list.push(name);
        }
    }
    const capacities: number[] = [];
    const classes = new Map<string, number>();
    const usableBySet: number[][] = Array.from(distinct, () => []);
    let inSets = 0;
    for (const [cpu, names] of users) {
        const capacity = Math.min(Math.max(machine.cpus - cpu, 0), 1);
        if (capacity === 0) continue;
        inSets += capacity;
        const key = names.join();
        const known = classes.get(key);
        const place = known ?? capacities.push(0) - 1;
        capacities[place] = (capacities[place] ?? 0) + capacity * machine.rate;
        if (known !== undefined) continue;
        classes.set(key, place);
        for (const name of names) usableBySet[name]?.push(place);
    }
    const rest = Math.max(machine.cpus - inSets, 0);
    capacities.push(Number.isFinite(rest) ? rest * machine.rate : rest);
    const all = capacities.map((_, place) => place);
    const usable = keys.map((key) => (key === undefined ? all : (usableBySet[distinct.get(key) ?? -1] ?? [])));
    return { capacities, usable };
}
