/** Fails when committed generated files differ from what grammar, catalog and checks give now; makes them anew in any case. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { tryTool } from './run-tool.ts';

const root = path.resolve(import.meta.dirname, '..');

/** All that `npm run generate` writes is in these; what else is in them it leaves alone. */
const folders = ['language/generated', 'docs'] as const;

const before = fingerprints();
const made = tryTool('npm', ['run', '--silent', 'generate']);
const after = fingerprints();
const stale = [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file));
for (const file of stale) {
    console.error(`${file} was out of date: it is made anew now, commit it.`);
}
process.exitCode = made && stale.length === 0 ? 0 : 1;

function fingerprints(): ReadonlyMap<string, string> {
    const files = folders.flatMap((folder) =>
        fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
    );
    const plain = files.filter((file) => fs.statSync(path.join(root, file)).isFile());
    return new Map(
        plain.map((file) => [
            file,
            createHash('sha256')
                .update(fs.readFileSync(path.join(root, file)))
                .digest('hex'),
        ]),
    );
}
