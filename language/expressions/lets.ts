/** The values of all lets of a topology: each computed once, when it is first needed. */
import { letCycle } from '../checks/let-cycle.ts';
import type { Let } from '../generated/ast.ts';
import type { Occurrence } from '../occurrences.ts';
import { type Report, silent } from '../problems.ts';
import { rangeOfProperty } from '../syntax/ranges.ts';
import type { Quantity } from '../units.ts';
import { evaluate, type Scope } from './evaluate.ts';

/** How many lets may wait for each other: beyond it they are taken as a circle, which keeps the stack small. */
const maximumChain = 500;

/** A scope in which every let is known; problems inside a let's own value are reported once, to `report`. */
export function letScope(lets: ReadonlyMap<string, Let>, report: Report, record: Record): Scope {
    const values = new Map<string, Quantity | undefined>();
    const open: string[] = [];
    const scope: Scope = {
        report,
        refer: referTo(record),
        letNames: () => lets.keys(),
        letNamed: (name) => {
            const node = lets.get(name);
            if (node === undefined) {
                return 'unknown';
            }
            if (!values.has(name)) {
                const start = open.indexOf(name);
                if (start >= 0 || open.length >= maximumChain) {
                    reportCycle(start >= 0 ? open.slice(start) : open.slice(-3), lets, report, start >= 0);
                    return undefined;
                }
                open.push(name);
                const value = evaluate(node.value, { ...scope, signs: 'refused' });
                open.pop();
                values.set(name, value);
            }
            return values.get(name);
        },
    };
    return scope;
}

/** The same lets for one piece of the text, which says of itself what is wrong with it and what it names. */
export const scopeFor = ({ letNamed, letNames }: Scope, report: Report, record: Record): Scope => ({ letNamed, letNames, report, refer: referTo(record) });

/** The same lets; values are read without saying again what is wrong with them. */
export const silentScope = ({ letNamed, letNames }: Scope): Scope => ({ letNamed, letNames, report: silent });

type Record = (occurrence: Occurrence) => void;
const referTo =
    (record: Record): NonNullable<Scope['refer']> =>
    (reference) =>
        record({ target: { kind: 'let', name: reference.name ?? '' }, role: 'reference', at: rangeOfProperty(reference, 'name') });

function reportCycle(names: readonly string[], lets: ReadonlyMap<string, Let>, report: Report, isCircle: boolean): void {
    for (const name of names) {
        const node = lets.get(name);
        if (node !== undefined) {
            report(letCycle, {
                at: rangeOfProperty(node, 'name'),
                facts: { names },
                message: isCircle
                    ? `\`${name}\` depends on itself: ${[...names, names[0]].join(' → ')}. Give one of them a value of its own.`
                    : `More than ${maximumChain} lets wait for each other here. Give one of them a value of its own.`,
            });
        }
    }
}
