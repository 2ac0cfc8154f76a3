/** Bundles the product into dist/ and the tests that run inside VS Code into test/output/. Options: --watch, --production. */
import { writeFileSync } from 'node:fs';
import * as esbuild from 'esbuild';
import { thirdPartyNotices } from './scripts/third-party-notices.ts';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {esbuild.BuildOptions} */
const shared = {
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    logLevel: 'warning',
    // The licences are in a file beside the bundles.
    legalComments: 'none',
    metafile: true,
    // Packages that ship both forms: the ES module form bundles smaller.
    mainFields: ['module', 'main'],
};

/** Programs for Node: old enough for the Node of VS Code Servers that are still in use. @type {esbuild.BuildOptions} */
const program = {
    ...shared,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // In a bundle `import.meta` is empty, which is how the code that looks for the file beside it knows that it is in one.
    logOverride: { 'empty-import-meta': 'silent' },
};

/** What VS Code for the Web runs in workers. @type {esbuild.BuildOptions} */
const worker = { ...shared, platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'], conditions: ['browser'] };

/** The tests inside VS Code, and an extension that they need. @type {readonly esbuild.BuildOptions[]} */
const inVsCode = [
    { ...program, entryPoints: ['test/vscode/host/run.ts'], outfile: 'test/output/host-tests.cjs', external: ['vscode', 'mocha'] },
    { ...worker, entryPoints: ['test/vscode/virtual-files/virtual-files.ts'], outdir: 'test/output/virtual-files', format: 'cjs', external: ['vscode'] },
];

/** @type {readonly esbuild.BuildOptions[]} */
const bundles = [
    { ...program, entryPoints: ['client/extension/extension.ts'], outfile: 'dist/extension.cjs', external: ['vscode'] },
    { ...program, entryPoints: ['server/language-server.ts'], outfile: 'dist/server.cjs' },
    { ...program, entryPoints: ['server/simulation-worker.ts'], outfile: 'dist/simulation-worker.cjs' },
    { ...program, entryPoints: ['server/cli/main.ts'], outfile: 'dist/strata.cjs', banner: { js: '#!/usr/bin/env node' } },
    // VS Code for the Web loads no ES modules, and takes a `.js` beside this manifest for one.
    { ...worker, entryPoints: ['client/extension/web-extension.ts'], outfile: 'dist/web-extension.cjs', format: 'cjs', external: ['vscode'] },
    { ...worker, entryPoints: { 'web-server': 'server/browser-language-server.ts' }, outdir: 'dist', format: 'iife' },
    { ...shared, entryPoints: { preview: 'client/preview/main.ts' }, outdir: 'dist', platform: 'browser', format: 'iife', target: 'es2022' },
    { ...shared, entryPoints: { preview: 'client/preview/preview.css' }, outdir: 'dist' },
    ...(production ? [] : inVsCode),
];

if (watch) {
    const contexts = await Promise.all(bundles.map((bundle) => esbuild.context({ ...bundle, logLevel: 'info' })));
    await Promise.all(contexts.map((context) => context.watch()));
} else {
    const results = await Promise.allSettled(bundles.map((bundle) => esbuild.build(bundle)));
    const built = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    // What is wrong was printed by then.
    process.exitCode = built.length === bundles.length ? 0 : 1;
    if (production && process.exitCode === 0) {
        writeFileSync('dist/third-party-notices.txt', thirdPartyNotices(built.map(({ metafile }) => metafile)));
    }
}
