/** The page that security reviewers read has every edge with its identifiers, every capability, and every check with what a policy asks. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checks } from '#simulation/checks/checks.ts';
import { partialCapabilities, rootCapabilities } from '#simulation/isolation/reach/capabilities.ts';
import { ruleNames } from '#simulation/isolation/reach/edge.ts';
import { edgeRules } from '#simulation/isolation/reach/edge-rules.ts';

const page = readFileSync(new URL('../../../docs/isolation.md', import.meta.url), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| '));

test.each(edgeRules)('$code has a row with its rules', ({ code, rules, explanation, source, title }) => {
    const row = rows.find((line) => line.startsWith(`| \`${code}\` |`)) ?? '';
    expect(ruleNames(rules).filter((name) => !row.includes(name))).toEqual([]);
    expect(row).not.toBe('');
    for (const said of [title, explanation, source]) expect(said.length).toBeGreaterThan(5);
});

test('no row is about an edge that is gone', () => {
    const known = new Set(edgeRules.map(({ code }) => code));
    const section = page.slice(page.indexOf('### The edges'), page.indexOf('### What gives root'));
    const described = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code ?? '');
    expect(described.filter((code) => !known.has(code))).toEqual([]);
});

test('every capability that counts is named', () => {
    const names = [...rootCapabilities, ...partialCapabilities].map(({ capability }) => capability);
    expect(names.filter((name) => !page.includes(name))).toEqual([]);
});

test('every check that the page names exists', () => {
    const codes: ReadonlySet<string> = new Set(checks.map(({ code }) => code));
    const section = page.slice(page.indexOf('## Checks'), page.indexOf('## What is not modelled'));
    const named = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code ?? '');
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((code) => !codes.has(code))).toEqual([]);
});
