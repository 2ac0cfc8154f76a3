/** The manifest promises what the extension registers, under the same names, and every file it names is there. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogScheme as servedScheme } from '#language/catalog.ts';
import { catalogScheme, commands, languageId, previewViewType, settings } from '../../client/extension/contributions.ts';

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
        const files = [manifest.icon, language.configuration, language.icon.light, language.icon.dark, contributes.grammars[0].path];
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
});
