/** The highlighting knows every keyword of the grammar, so that a new one can't be forgotten there. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..');
const grammar = fs.readFileSync(path.join(root, 'language', 'strata.langium'), 'utf8').replaceAll(/\/\/.*$/gm, '');
const highlighting = fs.readFileSync(path.join(root, 'client', 'syntaxes', 'strata.tmLanguage.json'), 'utf8');
const patterns = [...highlighting.matchAll(/"(?:match|begin)": "(.*)"/g)].map(([, pattern]) => pattern ?? '');
const configuration = JSON.parse(fs.readFileSync(path.join(root, 'client', 'language-configuration.json'), 'utf8'));

const keywords = [...new Set([...grammar.matchAll(/'([a-z][a-z-]*)'/g)].map(([, word]) => word ?? ''))].sort();
const highlighted = new Set(patterns.join('\n').match(/[a-z][a-z-]*/g));

describe('highlighting', () => {
    test('the grammar has keywords to compare with', () => {
        expect(keywords).toContain('container');
        expect(keywords.length).toBeGreaterThan(60);
    });

    test('knows all of them', () => {
        expect(keywords.filter((keyword) => !highlighted.has(keyword))).toEqual([]);
    });

    test('a word is a whole name, hyphens included, but not the minus around it', () => {
        const pattern = new RegExp(configuration.wordPattern, 'g');
        expect('own-memory a - b x-1'.match(pattern)).toEqual(['own-memory', 'a', 'b', 'x-1']);
    });

    test('an opening brace indents the next line, one that is closed again does not', () => {
        const increase = new RegExp(configuration.indentationRules.increaseIndentPattern);
        expect(increase.test('host rack {')).toBe(true);
        expect(increase.test('host rack { // the first')).toBe(true);
        expect(increase.test('disk ssd { size 2 TB }')).toBe(false);
        expect(increase.test('// host rack {')).toBe(false);
    });
});
