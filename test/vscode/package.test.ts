/** What is shipped: small, and nothing but what runs. */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { licenceOf, productPackages } from '../helpers/product-packages.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

describe('the packaged extension', () => {
    test('is at most 3 MB', () => {
        expect(fs.statSync(path.join(root, 'strata.vsix')).size).toBeLessThanOrEqual(3e6);
    });

    test('holds the bundles and what the manifest names, no sources, no maps, no packages', () => {
        const vsce = path.join(root, 'node_modules', '.bin', 'vsce');
        const files = execFileSync(vsce, ['ls', '--no-dependencies'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
        expect(files.filter((file) => file.startsWith('dist/')).sort()).toEqual(
            [
                'extension.cjs',
                'preview.css',
                'preview.js',
                'server.cjs',
                'simulation-worker.cjs',
                'strata.cjs',
                'third-party-notices.txt',
                'web-extension.cjs',
                'web-server.js',
            ].map((file) => `dist/${file}`),
        );
        expect(
            files.filter(
                (file) =>
                    !/^(dist|examples|client\/(icons|syntaxes|walkthrough))\/|^client\/language-configuration\.json$|^docs\/images\/preview\.png$|^[^/]+\.(json|md)$|^LICENSE$/.test(
                        file,
                    ),
            ),
        ).toEqual([]);
    });

    test('names every package whose code it holds, with the text of its licence', () => {
        const [, ...notices] = fs.readFileSync(path.join(root, 'dist', 'third-party-notices.txt'), 'utf8').split(/^-{80}$/m);
        const named = notices.map((notice) => /^(\S+) \d+\.\d+\.\d+ \((.+)\)$/m.exec(notice)?.slice(1) ?? []);
        // One of them is types alone, of which nothing is left in a bundle.
        const expected = productPackages().filter((name) => name !== '@chevrotain/types');
        expect([...new Set(named.map(([name]) => name))].toSorted()).toEqual(expected);
        expect(named.filter(([name = '', licence]) => licence !== licenceOf(name))).toEqual([]);
        expect(notices.filter((notice) => !/Permission|Licensor|license/.test(notice) || notice.length < 500)).toEqual([]);
    });
});
