/** The page "How to read the picture" explains every mark that there is: a new one that is not here does not compile, and one that the page forgets fails. */
import { describe, expect, test } from 'vitest';
import { type BoxMark, type BoxRole, type LaneState, pictureShares, type Sign, viewTitles, wallMarks } from '#server/protocol.ts';
import { read } from '../helpers/repository.ts';

const page = read('docs/reading-the-picture.md');
/** The rows of the table of marks, as they are written. */
const rows = [...page.matchAll(/^\| (?<mark>.+?) \| (?<meaning>.+) \|$/gm)].map(({ groups }) => ({
    mark: groups?.['mark'] ?? '',
    meaning: groups?.['meaning'] ?? '',
}));

/** How the page describes the mark, and a word of what it says about it. */
type Explained = readonly [mark: string, meaning: RegExp];

const roles: Readonly<Record<BoxRole, Explained>> = {
    hardware: ['grey, square corners', /^hardware of a host/],
    kernel: ['tinted slab under others', /^a kernel/],
    hypervisor: ['dotted', /^a hypervisor/],
    vm: ['grey, with an edge', /^a virtual machine/],
    engine: ["paler in the kernel's tint", /an engine/],
    slice: ["paler in the kernel's tint", /slices/],
    pod: ["paler in the kernel's tint", /pods/],
    container: ["paler in the kernel's tint", /containers/],
    process: ['round corners', /^a process/],
    overhead: ['hatched band', /^what carrying costs/],
    idle: ['dashed and empty', /^free/],
    over: ['crossed red, over the edge', /beyond what is there/],
    more: ['`+12 more`', /too thin to read/],
};
const marks: Readonly<Record<BoxMark, Explained>> = {
    implicit: ['long dashes', /the engine added it/],
    unknown: ['dotted outline', /not known/],
    stopped: ['faint', /does not run at the moment/],
    widened: ['`//`', /wider than to scale has no mark/],
    shortened: ['`//`', /narrower than to scale/],
    fallen: ['thick red edge and a flash', /falls with the attacker/],
};
const signs: Readonly<Record<Sign['kind'], Explained>> = {
    error: ['⨯ and ⚠', /an error/],
    warning: ['⨯ and ⚠', /a warning/],
    shortened: ['`//`', /narrower than to scale/],
    fallen: ['thick red edge and a flash', /falls with the attacker/],
};
const laneStates: Readonly<Record<LaneState, string>> = {
    booting: '**booting** hatched',
    migrating: '**migrating** hatched the other way',
    running: '**running** plain',
    throttled: '**throttled** (held back',
    contended: '**contended** (lost',
    down: '**down** and',
    killed: '**killed** with a red frame',
    stopped: '**stopped** and',
    finished: '**finished** dashed',
};

describe('how to read the picture', () => {
    test.each([roles, marks, signs].flatMap((each) => Object.entries(each)))('says what %s looks like and means', (_, [mark, meaning]) => {
        expect(rows.find((row) => row.mark === mark)?.meaning).toMatch(meaning);
    });

    test.each(Object.entries(laneStates))('says how a lane shows %s', (_, words) => {
        expect(page.replaceAll('\n', ' ')).toContain(words);
    });

    test.each(Object.entries(wallMarks))('says which letter is the wall %s', (wall, { letter }) => {
        expect(page).toContain(`**${letter}** ${wall}`);
    });

    test('names every view, and what a width may be the amount of', () => {
        expect(Object.values(viewTitles).filter((title) => !new RegExp(`^## .*${title}`, 'm').test(page))).toEqual([]);
        const words = { granted: '**granted**', limited: '**at most**', reserved: '**set aside**' } satisfies Record<(typeof pictureShares)[number], string>;
        expect(pictureShares.filter((share) => !page.includes(words[share]))).toEqual([]);
    });
});
