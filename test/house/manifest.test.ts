/** The manifest promises what the extension registers, under the same names, and every file it names is there. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogScheme as servedScheme } from '#language/catalog.ts';
import { findingFormats } from '#server/cli/finding-formats.ts';
import {
    catalogScheme,
    commands,
    contextKeys,
    languageId,
    mcpProviderId,
    previewViewType,
    problemMatcher,
    settings,
    taskType,
    views,
    walkthroughId,
} from '../../client/extension/contributions.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const { contributes } = manifest;

describe('the manifest', () => {
    test('declares the commands that the code registers, and no others', () => {
        expect(contributes.commands.map(({ command }: { command: string }) => command).sort()).toEqual(Object.values(commands).sort());
    });

    test('binds menus and keys only to declared commands', () => {
        const bound = [...Object.values<readonly { command: string; alt?: string }[]>(contributes.menus).flat(), ...contributes.keybindings];
        const names = bound.flatMap(({ command, alt }) => (alt === undefined ? [command] : [command, alt]));
        expect(names.filter((name) => !Object.values<string>(commands).includes(name))).toEqual([]);
    });

    test('declares the views that the code fills', () => {
        const declared = Object.values<readonly { id: string }[]>(contributes.views).flat();
        expect(declared.map(({ id }) => id)).toEqual(Object.values(views));
        expect(contributes.viewsWelcome.map(({ view }: { view: string }) => view)).toEqual(Object.values(views));
    });

    test('asks for no context key that the code does not set', () => {
        const asked = JSON.stringify(contributes).matchAll(/(?:"when":"|onContext:|&& |\|\| )(strata\.[\w.]+)/g);
        expect([...new Set([...asked].map(([, key]) => key))].sort()).toEqual(Object.values(contextKeys).sort());
    });

    test('leads through the first steps by commands that are there', () => {
        const [walkthrough] = contributes.walkthroughs;
        expect(contributes.walkthroughs).toHaveLength(1);
        expect(walkthrough.id).toBe(walkthroughId);
        const links = [...JSON.stringify([walkthrough, contributes.viewsWelcome]).matchAll(/(?:command|onCommand):(strata\.\w+)/g)];
        expect(links.length).toBeGreaterThan(2);
        expect(links.map(([, name]) => name).filter((name) => !Object.values<string | undefined>(commands).includes(name))).toEqual([]);
        const examples = [...JSON.stringify(walkthrough).matchAll(/newFromExample\?([^)]*)\)/g)].flatMap(([, names]) =>
            JSON.parse(decodeURIComponent(names ?? '')),
        );
        expect(examples.length).toBeGreaterThan(0);
        expect(examples.filter((name) => !fs.existsSync(path.join(root, 'examples', `${name}.strata`)))).toEqual([]);
    });

    test('shows in the walkthrough what stands in the example', () => {
        const shop = fs.readFileSync(path.join(root, 'examples', 'shop.strata'), 'utf8');
        const steps: readonly { description: string; media: { markdown?: string } }[] = contributes.walkthroughs[0].steps;
        const quoted = steps.flatMap(({ description }) => [...description.matchAll(/`([^`]+)`/g)].map(([, words]) => words ?? ''));
        // What is to be typed in place of what is there.
        expect(quoted.filter((words) => !shop.includes(words))).toEqual(['320 MiB']);
        const expectations = fs.readFileSync(path.join(root, 'client', 'walkthrough', 'expect.md'), 'utf8').match(/^expect .*$/gm) ?? [];
        expect(expectations.length).toBeGreaterThan(0);
        expect(expectations.filter((line) => !shop.includes(line))).toEqual([]);
        expect(shop.match(/^expect /gm)).toHaveLength(5);
    });

    test('declares the tasks that the code provides', () => {
        expect(contributes.taskDefinitions.map(({ type }: { type: string }) => type)).toEqual([taskType]);
        expect(contributes.problemMatchers.map(({ name }: { name: string }) => `$${name}`)).toEqual([problemMatcher]);
    });

    test('declares the server for agents that the code offers', () => {
        expect(contributes.mcpServerDefinitionProviders).toEqual([{ id: mcpProviderId, label: 'Strata' }]);
    });

    test('declares the settings that the code reads, each with a description and a default', () => {
        const properties: Record<string, { default?: unknown; markdownDescription?: string }> = contributes.configuration.properties;
        expect(Object.keys(properties).sort()).toEqual(Object.values(settings).sort());
        for (const property of Object.values(properties)) {
            expect(property.default).toBeDefined();
            expect(property.markdownDescription).toMatch(/\w.*\.$/);
        }
    });

    test('declares the language that the client serves', () => {
        expect(contributes.languages.map(({ id }: { id: string }) => id)).toEqual([languageId]);
        expect(contributes.grammars.map(({ language }: { language: string }) => language)).toEqual([languageId]);
    });

    test('starts the extension only for a Strata file, a command of its own or a preview to restore', () => {
        expect(manifest.activationEvents).toEqual([`onLanguage:${languageId}`, `onWebviewPanel:${previewViewType}`]);
    });

    test('names only files that are in the repository', () => {
        const [language] = contributes.languages;
        const files = [
            contributes.views.explorer[0].icon,
            contributes.walkthroughs[0].icon,
            manifest.icon,
            language.configuration,
            language.icon.light,
            language.icon.dark,
            contributes.grammars[0].path,
        ];
        for (const { media } of contributes.walkthroughs[0].steps) {
            files.push(media.markdown ?? media.image);
        }
        expect(files.filter((file) => !fs.existsSync(path.join(root, file)))).toEqual([]);
    });

    test('knows the catalog under the scheme that the server gives it, and offers no preview of it', () => {
        expect(catalogScheme).toBe(servedScheme);
        expect(contributes.menus['editor/title'][0].when).toContain(`resourceScheme != ${servedScheme}`);
    });

    test('has a problem matcher that reads what `strata check` prints', () => {
        const { regexp, ...groups } = contributes.problemMatchers[0].pattern;
        const match = new RegExp(regexp).exec('examples/shop.strata:12:7: error memory-over-capacity: db wants 16 GiB: 12 GiB are left');
        expect(match?.[groups.file]).toBe('examples/shop.strata');
        expect(match?.[groups.line]).toBe('12');
        expect(match?.[groups.column]).toBe('7');
        expect(match?.[groups.severity]).toBe('error');
        expect(match?.[groups.code]).toBe('memory-over-capacity');
        expect(match?.[groups.message]).toBe('db wants 16 GiB: 12 GiB are left');
    });

    test('has a problem matcher that knows every severity, by a word that VS Code knows', () => {
        const { regexp, ...groups } = contributes.problemMatchers[0].pattern;
        const [word] = findingFormats.text([
            { code: 'a-b', severity: 'information', message: 'm', file: 'f', start: { line: 1, column: 2 }, end: { line: 1, column: 3 } },
        ]);
        expect(new RegExp(regexp).exec((word ?? '').trimEnd())?.[groups.severity]).toBe('info');
        expect(new RegExp(regexp).exec('f:1:2: hint a-b: m')?.[groups.code]).toBe('a-b');
    });
});
