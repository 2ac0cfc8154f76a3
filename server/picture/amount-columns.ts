/** Boxes that stand for an amount and no element: what carrying costs, what is free, what is lacking. */
import type { Element } from '#simulation/model/topology.ts';
import type { Column, Over, Slab, Words } from './column.ts';
import { column } from './column.ts';
import type { Ingredients } from './ingredients.ts';
import { amountText } from './quantity.ts';
import { amountWords, kindWord, plainName } from './words.ts';

/** How much of what a host lacks is drawn, as a share of the host: the rest would only make everything else too small to read. */
const mostOver = 0.6;

export function costColumn({ resource, element, count, measure: { cost } }: Ingredients): readonly Column[] {
    if (cost <= 0) {
        return [];
    }
    const what = costWord(element.kind);
    return [
        bareColumn(
            {
                key: `overhead:${element.id}`,
                role: 'overhead',
                element: element.id,
                words: amountWords(resource, cost, count, [what], `${what} of ${kindWord(element)} ${plainName(element.id)}`),
            },
            cost,
        ),
    ];
}

function costWord(kind: Element['kind']): string {
    switch (kind) {
        case 'host':
        case 'vm':
            return 'system';
        case 'hypervisor':
            return 'virtualisation';
        case 'engine':
            return 'engine';
        default:
            return 'runtime';
    }
}

export function idleColumn(of: Ingredients): readonly Column[] {
    const { element, measure } = of;
    return measure.idle <= 0 ? [] : [bareColumn({ key: `idle:${element.id}`, role: 'idle', element: element.id, words: idleWords(of) }, measure.idle)];
}

function idleWords({ resource, share, element, count, measure: { idle } }: Ingredients): Words {
    const who = `${kindWord(element)} ${plainName(element.id)}`;
    switch (share) {
        case 'granted':
            return amountWords(resource, idle, count, ['free'], `free in ${who}${resource === 'memory' ? ', neither used nor set aside' : ''}`);
        case 'limited':
            return amountWords(resource, idle, count, ['free'], `free in ${who}, whatever it carries may come to take`);
        case 'reserved':
            return element.kind === 'host'
                ? amountWords(resource, idle, count, ['free'], `free in ${who}, set aside for nobody`)
                : amountWords(resource, idle, count, ['set aside'], `set aside for ${who}`);
        default:
            return share satisfies never;
    }
}

/** What was wanted and not granted, above the part of the host that is not there. */
function lostColumns({ resource, measure }: Ingredients): readonly Column[] {
    return measure.lostBy.map((loser) => {
        const name = plainName(loser.name);
        const lacked = amountText(resource, loser.amount);
        return bareColumn(
            {
                key: `lost:${loser.element}`,
                role: 'over',
                element: loser.element,
                words: {
                    labels: [name],
                    details: [`lacks ${lacked}`, `−${lacked}`],
                    description: () => `wanted by ${plainName(loser.element)} and not granted: ${lacked}`,
                },
            },
            loser.amount,
        );
    });
}

export function overOf(of: Ingredients): Over | undefined {
    const { amount, over } = of.measure;
    if (over <= 0) {
        return undefined;
    }
    const most = of.element.kind === 'host' && amount > 0 ? mostOver * amount : Number.POSITIVE_INFINITY;
    return { slab: overSlab(of), amount: over, drawn: Math.min(over, most), carries: lostColumns(of) };
}

function overSlab({ resource, element, count, measure: { over } }: Ingredients): Slab {
    const text = amountText(resource, over);
    const machine = element.kind === 'host' || element.kind === 'vm';
    const bound = machine ? 'its size' : 'its limit';
    return {
        key: `over:${element.id}`,
        role: 'over',
        element: element.id,
        count: 1,
        marks: [],
        words: {
            labels: [`+${text}`],
            details: [...(count > 1 ? [`beyond ${bound}, in all`, 'in all'] : []), `beyond ${bound}`, 'missing'],
            description: () => `${kindWord(element)} ${plainName(element.id)}: ${text} more is wanted or promised than ${bound}`,
        },
    };
}

/** A slab on which nothing stands. */
export function bareColumn(parts: Omit<Slab, 'count' | 'marks'>, amount: number): Column {
    return column({ slabs: [{ ...parts, count: 1, marks: [] }], amount, carries: [] });
}
