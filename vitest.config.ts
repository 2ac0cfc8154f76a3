/** Three projects: what needs no browser, the preview page in a real browser, and the installed extension in a real VS Code. */
import { defineConfig } from 'vitest/config';

/** Browsers, one after the other: two at once on a small machine make each other late. What a person would wait for, a poll waits for as well. */
const inBrowser = { fileParallelism: false, testTimeout: 240_000, hookTimeout: 240_000, expect: { poll: { timeout: 20_000, interval: 100 } } };

export default defineConfig({
    test: {
        projects: [
            { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/preview/**', 'test/vscode/**'], testTimeout: 30_000, maxWorkers: '100%' } },
            { test: { name: 'ui', include: ['test/preview/**/*.test.ts'], ...inBrowser } },
            { test: { name: 'workbench', include: ['test/vscode/**/*.test.ts'], ...inBrowser } },
        ],
    },
});
