/** What holds for the repository as a whole: nothing unlisted, undocumented, without its test, or named that is not there. */
import { describe, expect, test } from 'vitest';
import { checksWithFixtures, findingCodes } from '../helpers/checks.ts';
import { entries, exists, files, read, root } from '../helpers/repository.ts';

const architecture = read('ARCHITECTURE.md');
const sources = files.filter((file) => /^(simulation|language|server|client|scripts|test)\/.*\.(ts|mjs)$|^[^/]+\.(ts|mjs)$/.test(file) && !isGenerated(file));

describe('a finding code', () => {
    test.each(findingCodes)('%s has one owner', (code) => {
        expect(findingCodes.filter((other) => other === code)).toHaveLength(1);
    });

    test.each(findingCodes)('%s has a section in the documentation', (code) => {
        expect(read('docs/checks.md').split('\n')).toContain(`## ${code}`);
    });

    test.each(checksWithFixtures)('$code has a fixture that shows it and one that just avoids it', ({ code }) => {
        expect(entries(`test/checks/${code}/`)).toEqual(
            expect.arrayContaining([expect.stringMatching(/^shows.*\.strata$/), expect.stringMatching(/^avoids.*\.strata$/)]),
        );
    });
});

describe('an example', () => {
    const examples = entries('examples/').map((file) => file.replace('.strata', ''));

    test.each(examples)('%s has its pictures as baselines', (example) => {
        expect(entries(`test/baselines/${example}/`)).toContain('strata.svg');
    });

    test('stands behind every baseline', () => {
        expect(entries('test/baselines/')).toEqual(examples.map((example) => `${example}/`));
    });
});

describe.each(['ARCHITECTURE.md', 'README.md', 'CONTRIBUTING.md'])('%s', (document) => {
    test('names only paths that exist', () => {
        const named = namedPaths(read(document));
        expect(named.length).toBeGreaterThan(2);
        expect(named.filter((path) => !exists(path))).toEqual([]);
    });
});

describe('ARCHITECTURE.md', () => {
    const customary = ['.gitignore', '.vscodeignore', 'package-lock.json', 'ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md'];

    test('names all that stands at the top', () => {
        expect(entries('').filter((entry) => !customary.includes(entry) && !isNamed(entry))).toEqual([]);
    });

    test.each(['simulation/', 'language/', 'server/', 'client/', 'docs/'])('names the folders of %s', (layer) => {
        const folders = entries(layer).filter((entry) => entry.endsWith('/'));
        expect(folders.filter((folder) => !isNamed(layer + folder))).toEqual([]);
    });

    test('names the folders of test/ that mirror none of a layer', () => {
        const mirrored = ['simulation/', 'language/', 'server/', 'client/'].flatMap((layer) => [layer, ...entries(layer)]);
        const folders = entries('test/').filter((entry) => entry.endsWith('/') && !mirrored.includes(entry));
        expect(folders.filter((folder) => !isNamed(`test/${folder}`))).toEqual([]);
    });

    test('takes two pages', () => {
        expect(architecture.split('\n').length).toBeLessThan(110);
    });
});

describe('a source file', () => {
    test.each(sources)('%s begins with its purpose', (file) => {
        const [comment = ''] = /^\/\*\*[\s\S]*?\*\//.exec(read(file)) ?? [];
        expect(comment).toMatch(/^\/\*\*(?: |\n \* )["`A-Z][\s\S]*\./);
    });

    test('is called neither after nothing nor after everything', () => {
        expect(sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc|index|shared)\.ts$/.test(file))).toEqual([]);
    });
});

describe('a file', () => {
    const text = files.filter((file) => !/\.(png|woff2?|ico)$/.test(file));

    test('names no path of the machine that it was written on', () => {
        // A checkout directly below the root may be called like anything, so its path alone says nothing.
        const isTelling = root.split('/').length > 3;
        const machine = /(?<![\w.~*}>/-])\/(?:work|tmp|Users|private\/var)\/[\w.-]/;
        expect(text.filter((file) => machine.test(read(file)) || (isTelling && read(file).includes(`${root}/`)))).toEqual([]);
    });

    test('leaves nothing for later', () => {
        const later = new RegExp(['TO', 'DO|FIX', 'ME|XX', 'X'].join(''));
        expect(sources.filter((file) => later.test(read(file)))).toEqual([]);
    });
});

function isGenerated(file: string): boolean {
    return file.startsWith('language/generated/');
}

/** Whether the code map names an entry of a folder, or what stands in it. */
function isNamed(entry: string): boolean {
    return entry.endsWith('/') ? architecture.includes(`\`${entry}`) : architecture.includes(`\`${entry}\``);
}

/** Paths in links, in backticks and in blocks of commands; of a pattern such as `checks/<code>.ts`, the folder before it. */
function namedPaths(document: string): readonly string[] {
    const links = [...document.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => path);
    const quoted = [...document.matchAll(/```sh\n([\s\S]*?)```|`([^`\n]+)`/g)].flatMap(([, block, inline]) => (block ?? inline ?? '').split(/\s+/));
    const paths = quoted.filter((word) => /^\.?[\w-]+\/[\w./<>*-]*$/.test(word) || /^[\w.-]+\.(ts|mjs|json|md)$/.test(word));
    const own = paths.filter((path) => !path.includes('/') || entries('').includes(path.slice(0, path.indexOf('/') + 1)));
    return [...new Set([...links, ...own].map((path) => path.replace(/[^/]*[<*].*$/, '')))];
}
