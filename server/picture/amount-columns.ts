/** Boxes that stand for an amount and no element: what carrying costs, what is free, what is lacking. */
import type { Column, Over, Slab, Words } from './column.ts';
import { column } from './column.ts';
import type { Measure } from './measures.ts';
import { amountText } from './quantity.ts';
import type { Place } from './standing.ts';
import type { Subject } from './subject.ts';
import { amountWords, kindWord, plainName } from './words.ts';

/** How much of what a host lacks is drawn, as a share of the host: the rest would only make everything else too small to read. */
const mostOver = 0.6;

export function costColumn(subject: Subject, place: Place, measured: Measure): readonly Column[] {
    if (measured.cost <= 0) {
        return [];
    }
    const { element } = place;
    const what = costWord(element.kind);
    return [
        bareColumn(
            {
                key: `overhead:${element.id}`,
                role: 'overhead',
                element: element.id,
                words: amountWords(subject.resource, measured.cost, [what], `${what} of ${kindWord(element)} ${plainName(element.id)}`),
            },
            measured.cost,
        ),
    ];
}

function costWord(kind: Place['element']['kind']): string {
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

export function idleColumn(subject: Subject, place: Place, measured: Measure): readonly Column[] {
    return measured.idle <= 0
        ? []
        : [
              bareColumn(
                  {
                      key: `idle:${place.element.id}`,
                      role: 'idle',
                      element: place.element.id,
                      words: idleWords(subject, place, measured.idle),
                  },
                  measured.idle,
              ),
          ];
}

function idleWords({ resource, share }: Subject, { element }: Place, idle: number): Words {
    const who = `${kindWord(element)} ${plainName(element.id)}`;
    switch (share) {
        case 'granted':
            return amountWords(resource, idle, ['free'], `free in ${who}${resource === 'memory' ? ', neither used nor set aside' : ''}`);
        case 'limited':
            return amountWords(resource, idle, ['free'], `free in ${who}, whatever it carries may come to take`);
        case 'reserved':
            return element.kind === 'host'
                ? amountWords(resource, idle, ['free'], `free in ${who}, set aside for nobody`)
                : amountWords(resource, idle, ['set aside'], `set aside for ${who}`);
        default:
            return share satisfies never;
    }
}

/** What was wanted and not granted, above the part of the host that is not there. */
function lostColumns(subject: Subject, measured: Measure): readonly Column[] {
    return measured.lostBy.map((loser) => {
        const name = plainName(subject.places.get(loser.element)?.element.name ?? loser.element);
        return bareColumn(
            {
                key: `lost:${loser.element}`,
                role: 'over',
                element: loser.element,
                words: {
                    labels: [name],
                    details: [`lacks ${amountText(subject.resource, loser.amount)}`, `−${amountText(subject.resource, loser.amount)}`],
                    description: () => `wanted by ${plainName(loser.element)} and not granted: ${amountText(subject.resource, loser.amount)}`,
                },
            },
            loser.amount,
        );
    });
}

export function overOf(subject: Subject, place: Place, measured: Measure): Over | undefined {
    if (measured.over <= 0) {
        return undefined;
    }
    const most = place.element.kind === 'host' && measured.amount > 0 ? mostOver * measured.amount : Number.POSITIVE_INFINITY;
    return {
        slab: overSlab(subject, place, measured.over),
        amount: measured.over,
        drawn: Math.min(measured.over, most),
        carries: lostColumns(subject, measured),
    };
}

function overSlab(subject: Subject, place: Place, amount: number): Slab {
    const text = amountText(subject.resource, amount);
    const machine = place.element.kind === 'host' || place.element.kind === 'vm';
    const bound = machine ? 'its size' : 'its limit';
    return {
        key: `over:${place.element.id}`,
        role: 'over',
        element: place.element.id,
        count: 1,
        marks: [],
        words: {
            labels: [`+${text}`],
            details: [`beyond ${bound}`, 'missing'],
            description: () => `${kindWord(place.element)} ${plainName(place.element.id)}: ${text} more is wanted or promised than ${bound}`,
        },
    };
}

/** A slab on which nothing stands. */
export function bareColumn(parts: Omit<Slab, 'count' | 'marks'>, amount: number): Column {
    return column({ slabs: [{ ...parts, count: 1, marks: [] }], amount, carries: [] });
}
