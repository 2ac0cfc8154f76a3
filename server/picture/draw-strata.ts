/** The Strata view: every host as the layers it really has, bottom to top, as wide as its share of CPU or memory. */

import type { Finding } from '#simulation/model/finding.ts';
import type { Result } from '#simulation/model/result.ts';
import type { BoxRole, LegendEntry, PictureResource, PictureShare, Scene, SceneBox, SceneOptions, SceneScale } from '../protocol.ts';
import { buildColumns } from './build-columns.ts';
import type { Column } from './column.ts';
import { placeHosts } from './place-hosts.ts';
import { amountText, countText } from './quantity.ts';

/** Narrower pictures are drawn this wide, and scrolled. */
const narrowest = 240;
const widest = 20_000;
const scaleBarWidth = 120;
const moreHostsHeight = 42;

/** Pure, and linear in the number of elements but for sorting: same arguments, same picture on every machine. */
export function drawStrata(result: Result, findings: readonly Finding[], options: SceneOptions): Scene {
    const width = Math.round(Math.min(widest, Math.max(narrowest, Number.isFinite(options.width) ? options.width : narrowest)));
    const { resource, share = 'granted' } = options;
    const hosts = buildColumns(result, findings, resource, share);
    const placed = placeHosts(hosts, width);
    const scale = placed.scale === undefined ? undefined : scaleBar(resource, placed.scale);
    const boxes = placed.left === 0 ? placed.boxes : [...placed.boxes, moreHosts(placed.left, width, placed.height)];
    return {
        width,
        height: placed.height + (placed.left === 0 ? 0 : moreHostsHeight),
        boxes,
        title: titleOf(hosts, meanings[resource][share]),
        legend: legendOf(boxes),
        ...(scale === undefined ? {} : { scale }),
    };
}

const meanings: Readonly<Record<PictureResource, Readonly<Record<PictureShare, string>>>> = {
    cpu: { granted: 'CPU that is granted', limited: 'CPU that each may take at most', reserved: 'CPU that is set aside for each' },
    memory: { granted: 'memory that is taken', limited: 'memory that each may take at most', reserved: 'memory that is set aside for each' },
};

function titleOf(all: readonly Column[], meaning: string): string {
    const hosts = all.reduce((sum, host) => sum + (host.slabs[0]?.count ?? 1), 0);
    return `${countText(hosts)} ${hosts === 1 ? 'host' : 'hosts'} as layers from hardware up to processes; width is ${meaning}`;
}

/** The largest of 1, 2, 5 times a power of ten (of two, for memory) that is not wider than the bar may be. */
function scaleBar(resource: PictureResource, scale: number): SceneScale | undefined {
    const most = scaleBarWidth / scale;
    const power = resource === 'cpu' ? 10 ** Math.floor(Math.log10(most)) : 2 ** Math.floor(Math.log2(most));
    const amount = resource === 'memory' ? power : power * ([5, 2, 1].find((factor) => factor * power <= most) ?? 1);
    return Number.isFinite(amount) && amount > 0 ? { width: Math.round(amount * scale * 100) / 100, label: amountText(resource, amount) } : undefined;
}

const roleWords: readonly (readonly [BoxRole, string])[] = [
    ['hardware', 'hardware'],
    ['hypervisor', 'hypervisor'],
    ['vm', 'virtual machine'],
    ['overhead', 'what carrying costs'],
    ['idle', 'free'],
    ['over', 'beyond capacity'],
];

/** What each pattern means, for those in the picture. */
function legendOf(boxes: readonly SceneBox[]): readonly LegendEntry[] {
    const drawn = new Set(boxes.map((box) => box.role));
    return [
        ...(drawn.has('kernel') ? [{ role: 'kernel' as const, tint: 0, label: 'one tint, one kernel' }] : []),
        ...roleWords.filter(([role]) => drawn.has(role)).map(([role, label]) => ({ role, label })),
        ...(boxes.some(({ signs }) => signs.some(({ kind }) => kind === 'shortened')) ? [{ role: 'idle' as const, label: '//: narrower than to scale' }] : []),
    ];
}

function moreHosts(count: number, width: number, y: number): SceneBox {
    const text = `+${countText(count)} more hosts`;
    return {
        key: 'more:hosts',
        role: 'more',
        x: 16,
        y: y - 8,
        width: width - 32,
        height: moreHostsHeight - 2,
        count: 1,
        marks: [],
        signs: [],
        label: { text, x: 24, y: y + 16 },
        description: `${text}, not drawn`,
    };
}
