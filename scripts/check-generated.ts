/** Fails when the committed generated files differ from what the grammar and the catalog give now; makes them anew in any case. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { tryTool } from './run-tool.ts';

const folder = path.resolve(import.meta.dirname, '..', 'language', 'generated');

const before = fingerprints();
const made = tryTool('node', ['scripts/generate.mjs']);
const after = fingerprints();
const stale = [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file));
for (const file of stale) {
    console.error(`language/generated/${file} was out of date: it is made anew now, commit it.`);
}
process.exitCode = made && stale.length === 0 ? 0 : 1;

function fingerprints(): ReadonlyMap<string, string> {
    const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => fs.statSync(path.join(folder, file)).isFile());
    return new Map(
        files.map((file) => [
            file,
            createHash('sha256')
                .update(fs.readFileSync(path.join(folder, file)))
                .digest('hex'),
        ]),
    );
}
