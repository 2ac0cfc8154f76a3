/** Fails when the committed generated files differ from what the code gives now; makes them anew in any case. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { tryTool } from './run-tool.ts';

const root = path.resolve(import.meta.dirname, '..');
const parser = fs.readdirSync(path.join(root, 'language/generated')).map((file) => `language/generated/${file}`);
const generated = [...parser, 'docs/language.md', 'docs/checks.md'];

const before = generated.map(fingerprint);
const made = tryTool('node', ['scripts/generate.mjs']) && tryTool('node', ['scripts/generate-docs.ts']);
const stale = generated.filter((file, place) => fingerprint(file) !== before[place]);
for (const file of stale) {
    console.error(`${file} was out of date: it is made anew now, commit it.`);
}
process.exitCode = made && stale.length === 0 ? 0 : 1;

function fingerprint(file: string): string {
    const absolute = path.join(root, file);
    return fs.existsSync(absolute) ? createHash('sha256').update(fs.readFileSync(absolute)).digest('hex') : 'missing';
}
