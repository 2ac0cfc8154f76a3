/** What docs/dependencies.md says of each dependency is what manifest and lockfile say. */
import { describe, expect, test } from 'vitest';
import { licenceOf, productPackages } from '../helpers/product-packages.ts';
import { read } from '../helpers/repository.ts';

const page = read('docs/dependencies.md');
const manifest: { readonly dependencies: Record<string, string>; readonly devDependencies: Record<string, string> } = JSON.parse(read('package.json'));

/** Rows of the table under a heading. */
function rows(heading: string): readonly { readonly name: string; readonly licence: string; readonly reason: string }[] {
    const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
    return [...section.matchAll(/^\| `([^`]+)` \| ([^|]+) \| (.+) \|$/gm)].map(([, name = '', licence = '', reason = '']) => ({ name, licence, reason }));
}

describe.each([
    ['In the product', manifest.dependencies],
    ['To build and test it', manifest.devDependencies],
])('the table "%s"', (heading, dependencies) => {
    test('lists every one, in order, and no other, each with a reason', () => {
        expect(rows(heading).map(({ name }) => name)).toEqual(Object.keys(dependencies).toSorted());
        expect(rows(heading).filter(({ reason }) => reason.trim().length < 5)).toEqual([]);
    });

    test.each(rows(heading))('names the licence of $name', ({ name, licence }) => {
        expect(licence).toBe(licenceOf(name));
    });

    test('has exact versions', () => {
        expect(Object.entries(dependencies).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
    });
});

test('what the product brings along is listed with its licence, and every licence allows to pass it on', () => {
    const reached = productPackages();
    const [, brought = ''] = /What these bring along: ([\s\S]*?)\n\n/.exec(page) ?? [];
    const listed = [...brought.matchAll(/`([^`]+)`/g)].map(([, name]) => name).toSorted();
    expect(listed).toEqual(reached.filter((name) => !(name in manifest.dependencies)));
    expect(
        reached.filter((name) => !['MIT', 'ISC', 'Apache-2.0', 'BlueOak-1.0.0', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause'].includes(licenceOf(name) ?? '')),
    ).toEqual([]);
});
