/** Of a large picture, the page is sent first what it looks at. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FirstPart, Scene, ViewAnswer } from '#server/protocol.ts';
import { type Editor, openEditor } from './language-client.ts';

let editor: Editor;
beforeEach(async () => {
    editor = await openEditor();
});
afterEach(() => editor.shutdown());

const machines = (hosts: number, memory = '1 GiB'): string =>
    Array.from({ length: hosts }, (_, host) => {
        const containers = Array.from({ length: 8 }, (__, place) => `container c${place} { process p { memory ${host === 3 ? memory : '1 GiB'} } }`);
        return `host h${host} { cpu 8 cores  memory 64 GiB  os debian  engine docker {\n${containers.join('\n')}\n} }\n`;
    }).join('');
const options = { resource: 'memory', width: 800 } as const;
const near: FirstPart = { left: 0, top: 0, right: 800, bottom: 600 };

const ask = (uri: string, more: { readonly first?: FirstPart; readonly known?: string } = {}): Promise<ViewAnswer> =>
    editor.request('strata/view', { uri, view: 'strata', options, ...more });

function sceneOf(answer: ViewAnswer): Scene {
    if (answer.kind !== 'view' || answer.content.view !== 'strata') {
        throw new Error(`no picture but ${answer.kind}`);
    }
    return answer.content.scene;
}

describe('the first part', () => {
    test('has the boxes of the whole that stand there, and says that there are more', async () => {
        const uri = editor.open('many.strata', machines(120));
        const part = await ask(uri, { first: near });
        const whole = await ask(uri);
        expect(part).toMatchObject({ kind: 'view', more: true });
        expect(whole).not.toHaveProperty('more');
        const { boxes, ...frame } = sceneOf(whole);
        expect(boxes.length).toBeGreaterThan(1500);
        const standing = boxes.filter(({ x, y, width, height }) => x < 800 && x + width > 0 && y < 600 && y + height > 0);
        expect(standing.length).toBeGreaterThan(20);
        expect(sceneOf(part)).toEqual({ ...frame, boxes: standing });
    });

    test('has the box where the keyboard is, wherever that stands', async () => {
        const uri = editor.open('many.strata', machines(120));
        const part = sceneOf(await ask(uri, { first: { ...near, box: 'hardware:h119' } }));
        expect(part.boxes.at(-1)?.key).toBe('hardware:h119');
        const without = sceneOf(await ask(uri, { first: { ...near, box: 'hardware:nobody' } }));
        expect(without.boxes).toEqual(part.boxes.slice(0, -1));
    });

    test('is never taken for the whole', async () => {
        const uri = editor.open('many.strata', machines(120));
        const part = await ask(uri, { first: near });
        const whole = await ask(uri, part.kind === 'view' ? { known: part.revision } : {});
        expect(sceneOf(whole).boxes.length).toBeGreaterThan(1500);
        const known = whole.kind === 'view' ? { known: whole.revision } : {};
        expect((await ask(uri, known)).kind).toBe('unchanged');
        editor.change(uri, machines(120, '2 GiB'));
        const patch = await ask(uri, known);
        expect(patch).toMatchObject({ kind: 'patch' });
        expect(patch.kind === 'patch' && patch.patch.flatMap(({ boxes }) => boxes).every(({ key }) => key.includes('h3'))).toBe(true);
    });

    test('is all of a picture that is small', async () => {
        const uri = editor.open('few.strata', machines(3));
        const answer = await ask(uri, { first: { left: 0, top: 0, right: 1, bottom: 1 } });
        expect(answer).not.toHaveProperty('more');
        expect(sceneOf(answer).boxes.length).toBeGreaterThan(30);
    });

    test('may be asked for where nothing is', async () => {
        const uri = editor.open('many.strata', machines(120));
        const answer = await ask(uri, { first: { left: 1e9, top: 1e9, right: -1e9, bottom: Number.MAX_VALUE } });
        expect(answer).toMatchObject({ kind: 'view', more: true });
        expect(sceneOf(answer).boxes).toEqual([]);
    });
});
