/** Lowers text and files in tests: the one place that calls the language. */
import '#language/polyfill.ts';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { EmptyFileSystem } from 'langium';
import { loadCatalog } from '#language/catalog.ts';
import { type Lowered, lower } from '#language/lowering/lower.ts';
import { createStrataServices, parseText, type StrataDocument } from '#language/services.ts';
import { groupTopologies, importedUris } from '#language/topology-sets.ts';

export const services = createStrataServices(EmptyFileSystem);
export const catalog = loadCatalog(services);

export const testUri = 'file:///test.strata';

/** One text as a topology of its own. */
export function lowerText(text: string): Lowered {
    return lower({ documents: [parseText(services, text, testUri)], catalog });
}

/** Several texts by file name; the first is the root. */
export function lowerTexts(texts: Readonly<Record<string, string>>): Lowered {
    const documents = Object.entries(texts).map(([name, text]) => parseText(services, text, `file:///${name}`));
    const [first] = documents;
    return lower({ documents: groupTopologies(documents).find((set) => set.root === first?.uri.toString())?.documents ?? [], catalog });
}

/** A file of the repository with all that it imports. */
export function lowerFile(path: string): Lowered {
    const loaded = new Map<string, StrataDocument>();
    const open = [pathToFileURL(path).toString()];
    for (let uri = open.pop(); uri !== undefined; uri = open.pop()) {
        if (!loaded.has(uri) && existsSync(fileURLToPath(uri))) {
            const document = parseText(services, readFileSync(fileURLToPath(uri), 'utf8'), uri);
            loaded.set(uri, document);
            open.push(...importedUris(document));
        }
    }
    return lower({ documents: [...loaded.values()], catalog });
}

/** Without what is only advice. */
export const errorsOf = ({ problems }: Lowered): Pick<Lowered, 'problems'> => ({ problems: problems.filter(({ severity }) => severity === 'error') });

/** `code line:column message` of every problem, for readable failures. */
export const problemLines = ({ problems }: Pick<Lowered, 'problems'>): readonly string[] =>
    problems.map(({ code, at, message }) => `${code} ${at.start.line + 1}:${at.start.character + 1} ${message}`);
