/** Makes the generated files of the language layer: the parser's tables from the grammar, and the catalog's texts as a module. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const catalogModule = join(root, 'language/generated/catalog.ts');

try {
    generateParser();
} finally {
    // Whatever became of the parser, the catalog's module is put back.
    generateCatalog();
}

/** Langium's own output, with one correction: any part of a node may be missing where the text is broken, and the types say so. */
function generateParser() {
    // Langium asks before it leaves files it did not write in its folder.
    rmSync(catalogModule, { force: true });
    execFileSync(process.execPath, [join(root, 'node_modules/langium-cli/bin/langium.js'), 'generate'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    const file = join(root, 'language/generated/ast.ts');
    const source = readFileSync(file, 'utf8');
    writeFileSync(
        file,
        source.replace(/^export interface \w+ extends [^{]+\{[^}]*?^\}/gm, (declaration) =>
            declaration.replace(/^( {4})(\w+): (?!Array<|boolean)/gm, '$1$2?: '),
        ),
    );
}

function generateCatalog() {
    const folder = join(root, 'language/catalog');
    mkdirSync(folder, { recursive: true });
    const files = readdirSync(folder)
        .filter((name) => name.endsWith('.strata'))
        .sort();
    const entries = files.map((name) => `    ${JSON.stringify(name)}: ${JSON.stringify(readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n'))},\n`);
    writeFileSync(
        catalogModule,
        `/** The texts of the catalog by file name. Generated from language/catalog by scripts/generate.mjs. */\nexport const catalogTexts: Readonly<Record<string, string>> = {\n${entries.join('')}};\n`,
    );
}
