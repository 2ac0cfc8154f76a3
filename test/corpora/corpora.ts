/** Configuration files of other projects, beside this one where they are at hand, and what becomes of each when it is imported. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Importer } from '#language/import/importer.ts';
import { importers } from '#language/import/importers.ts';
import { analyseFiles } from '#server/analyse-files.ts';
import { importFiles } from '#server/import/import-files.ts';

/** Others' files are no part of the project: they lie beside it, or where `STRATA_CORPORA` says. */
export const corporaFolder = process.env['STRATA_CORPORA'] ?? fileURLToPath(new URL('../../../shared/corpora', import.meta.url));

/** `other`: well-formed, but no machine. `either`: needs a file that is not there. */
export type Label = 'valid' | 'invalid' | 'other' | 'either';

export type Fate =
    /** The text, and what `strata check` holds against it. */
    | { readonly kind: 'imported'; readonly errors: readonly string[] }
    | { readonly kind: 'refused'; readonly places: readonly string[] }
    | { readonly kind: 'crashed'; readonly because: string };

export interface CorpusFile {
    readonly name: string;
    readonly label: Label;
    readonly fate: Fate;
}

export interface Corpus {
    readonly importer: Importer;
    readonly labels: Readonly<Record<string, Label>>;
}

/** Of every importer whose files are at hand. */
export const corpora = (): readonly Corpus[] => importers.flatMap((importer) => corpusOf(importer) ?? []);

/** The files of a format: in the folder of its name, each with its label. None where they are not at hand. */
export function corpusOf(importer: Importer): Corpus | undefined {
    const file = join(corporaFolder, 'labels.json');
    const labels: Readonly<Record<string, Readonly<Record<string, Label>>>> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    const own = labels[importer.name];
    return own === undefined ? undefined : { importer, labels: own };
}

/** Imports each file alone, without variables, and checks what comes of it. */
export async function tryCorpus({ importer, labels }: Corpus): Promise<readonly CorpusFile[]> {
    const directory = join(corporaFolder, importer.name);
    const tried: CorpusFile[] = [];
    for (const [name, label] of Object.entries(labels)) {
        tried.push({ name, label, fate: await fateOf(name, importer, directory) });
    }
    return tried;
}

/** A valid file ends in a text without errors; an invalid one is refused at a place; what is neither may do either. */
export function isRight({ label, fate }: CorpusFile): boolean {
    switch (fate.kind) {
        case 'crashed':
            return false;
        case 'imported':
            return label !== 'invalid' && fate.errors.length === 0;
        case 'refused':
            return label !== 'valid' && fate.places.length > 0;
        default:
            return fate satisfies never;
    }
}

async function fateOf(name: string, importer: Importer, directory: string): Promise<Fate> {
    try {
        const outcome = importFiles(importer, { names: [name], directory, variables: {} });
        switch (outcome.kind) {
            case 'unusable':
                return { kind: 'crashed', because: outcome.because };
            case 'refused':
                return { kind: 'refused', places: outcome.errors.map(({ line, column, code, reason }) => `${line}:${column} ${code}: ${reason}`) };
            case 'imported':
                return { kind: 'imported', errors: await errorsIn(outcome.text) };
            default:
                return outcome satisfies never;
        }
    } catch (error) {
        return { kind: 'crashed', because: String(error) };
    }
}

async function errorsIn(text: string): Promise<readonly string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'strata-corpora-'));
    try {
        writeFileSync(join(folder, 'imported.strata'), text);
        const analysed = await analyseFiles(['imported.strata'], folder);
        const findings = analysed.kind === 'analysed' ? analysed.topologies.flatMap(({ analysis }) => analysis.findings) : [];
        return findings.filter(({ severity }) => severity === 'error').map(({ code, message, at }) => `${at.start.line + 1} ${code}: ${message}`);
    } finally {
        rmSync(folder, { recursive: true });
    }
}
