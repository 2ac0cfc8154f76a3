/** What the drawings of views say in words: nothing cut off, each figure under its heading, and from where the reader looks. */
import { describe, expect, test } from 'vitest';
import type { Drawing } from '#server/picture/svg.ts';
import { tableDrawing } from '#server/picture/table-drawing.ts';
import type { IsolationContent, SceneBox, ViewName, ViewOptions } from '#server/protocol.ts';
import { isolationView } from '#server/views/isolation-view.ts';
import { goodSubject, type ViewSubject } from '#server/views/view.ts';
import { drawingOf } from '#server/views/views.ts';
import { analyseText } from '../helpers/analysis.ts';
import { examples } from '../helpers/examples.ts';
import { services } from '../helpers/strata.ts';

interface DrawnText {
    readonly text: string;
    readonly x: number;
    readonly y: number;
}

function textsOf({ markup }: Pick<Drawing, 'markup'>): readonly DrawnText[] {
    return markup.flatMap((line) => {
        const [, x, y, text] = /<text class="\w+" x="([\d.]+)" y="([\d.]+)">([^<]*)</.exec(line) ?? [];
        return text === undefined ? [] : [{ text, x: Number(x), y: Number(y) }];
    });
}

async function subjectOf(text: string): Promise<ViewSubject> {
    const { analysis } = await analyseText('file:///drawn.strata', text);
    const subject = goodSubject(analysis, services);
    if (subject === undefined) {
        throw new Error("The text can't be simulated.");
    }
    return subject;
}

async function drawn(text: string, view: ViewName, options: Partial<ViewOptions> = {}): Promise<readonly DrawnText[]> {
    return textsOf(drawingOf(view, await subjectOf(text), { resource: 'memory', width: 600, ...options }));
}

const isolation = async (text: string, options: Partial<ViewOptions>): Promise<IsolationContent> =>
    isolationView.content(await subjectOf(text), { resource: 'memory', width: 600, ...options });

const server = 'host server { cpu 1 cores  memory 4 GiB  os debian';

describe('a table', () => {
    const sentence = 'only namespaces between postgres and the kernel, and its root is the same user as the root of the host';
    const table = {
        title: 'Reasons',
        columns: ['why', 'memory'],
        groups: [{ rows: [{ label: 'hypervisor', cells: [{ text: sentence }, { text: '11.45 GiB' }] }] }],
        notes: [],
    };

    test('goes on in the next line where words do not fit, and says all of them', () => {
        const texts = textsOf(tableDrawing(table, 300)).map(({ text }) => text);
        expect(texts.length).toBeGreaterThan(6);
        expect(texts.filter((text) => sentence.includes(text)).join(' ')).toBe(sentence);
    });

    test('has one line for each row where there is room, and is higher where there is none', () => {
        expect(textsOf(tableDrawing(table, 1200)).map(({ text }) => text)).toEqual(['Reasons', 'why', 'memory', 'hypervisor', sentence, '11.45 GiB']);
        expect(tableDrawing(table, 300).height).toBeGreaterThan(tableDrawing(table, 1200).height);
    });

    test('keeps a figure and its unit in one line, and each under its heading', () => {
        const texts = textsOf(tableDrawing(table, 300));
        const x = texts.find(({ text }) => text === 'memory')?.x;
        expect(x).toBeGreaterThan(0);
        expect(texts.find(({ text }) => text === '11.45 GiB')?.x).toBe(x);
    });

    test('is rather wider than its room than without a letter of a cell', () => {
        const names = Array.from({ length: 40 }, (_, place) => String(place));
        const matrix = {
            title: 'Walls',
            columns: names,
            groups: [{ rows: [{ label: 'workload', cells: names.map(() => ({ text: 'M', mark: 'wall-machine' })) }] }],
            notes: [],
        };
        const drawing = tableDrawing(matrix, 300);
        expect(textsOf(drawing).filter(({ text }) => text === 'M')).toHaveLength(40);
        expect(drawing.width).toBeGreaterThan(300);
    });
});

describe.each(examples)('$name, 600 pixels wide,', ({ text }) => {
    test.each(['isolation', 'compare', 'checks'] as const)('loses no word of %s', async (view) => {
        const said = (await drawn(text, view, { broken: 'hypervisor' })).map((each) => each.text);
        expect(said.filter((each) => each.endsWith('…'))).toEqual([]);
    });
});

describe('checks', () => {
    test('name the value, the scenario that it is of, and what is wrong, under one heading', async () => {
        const texts = await drawn(
            `${server} process p { cpu 2 cores  memory 1 GiB } }\nscenario night { duration 1 min  expect server.p.cpu.unmet == 50 % }\n`,
            'checks',
        );
        const heading = texts.find(({ text }) => text === 'found');
        expect(texts.find(({ text }) => text.startsWith('50 %'))).toMatchObject({ text: '50 %, at 1.5 s · in night', x: heading?.x });
        expect(texts.find(({ text }) => text.startsWith('What runs on server wants 2 cores'))?.x).toBe(heading?.x);
    });
});

describe('the timeline', () => {
    test('says that there is no scenario', async () => {
        expect((await drawn(`${server} }\n`, 'timeline'))[0]?.text).toBe('This file describes no scenario');
    });
});

describe('isolation', () => {
    const guests = `${server} hypervisor kvm { vm one { vcpus 1  memory 1 GiB  os debian  process p { cpu 2 cores  memory 100 MiB } } } }\n`;

    test('shows what ps shows around the selected process', async () => {
        const { processes } = await isolation(guests, { selected: 'server.kvm.one.p' });
        expect(processes?.from).toBe('server.kvm.one');
        expect(processes?.rows.map(({ name }) => name)).toEqual(['p']);
    });

    test('marks what falls beside the mark of what is wrong with it, not over it', async () => {
        const text = `${server} process a { cpu 2 cores  memory 1 GiB }  process b { memory 1 GiB } }\n`;
        const { scene } = await isolation(text, { broken: 'kernel' });
        const hardware = scene.boxes.find(({ key }) => key === 'hardware:server') as SceneBox;
        expect(hardware.signs.map(({ kind }) => kind)).toEqual(['warning', 'fallen']);
        const [wrong, fallen] = hardware.signs;
        expect((wrong?.x ?? 0) - (fallen?.x ?? 0)).toBeGreaterThan(12);
    });
});
