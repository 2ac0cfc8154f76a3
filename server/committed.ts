/** What became of a file's topology as the last commit has it: the other side of what has changed since. */
import { EmptyFileSystem } from 'langium';
import { CancellationToken } from 'vscode-languageserver';
import { createStrataServices, parseText, type StrataServices } from '#language/services.ts';
import { importedUris } from '#language/topology-sets.ts';
import { analyse } from './analysis.ts';
import type { ResultSide } from './difference/difference.ts';
import { createDirectSimulator } from './direct-simulator.ts';
import { type FileText, noSuchFile, unreadable } from './file-text.ts';
import { createSources, isReadable } from './sources.ts';
import { groupSources, understand } from './understanding.ts';

/** A file's text as it was committed, from whoever knows the repository. */
export type ReadCommitted = (uri: string) => Promise<FileText>;

export type Committed =
    /** `name` is what the commit is called, as in `HEAD`. */
    { readonly kind: 'known'; readonly name: string; readonly side: ResultSide } | { readonly kind: 'unknown'; readonly because: string };

export interface CommittedTopologies {
    /** Never rejects: why nothing is known is an answer. */
    readonly of: (root: string) => Promise<Committed>;
}

export function committedTopologies(name: string, read: ReadCommitted): CommittedTopologies {
    /** Who types asks again and again, and a commit stays what it is. */
    let last: { readonly key: string; readonly committed: Committed } | undefined;
    return {
        of: async (root) => {
            const services = createStrataServices(EmptyFileSystem);
            const texts = await reached(root, read, services);
            const key = JSON.stringify([root, ...texts]);
            if (last?.key !== key) {
                last = { key, committed: await analyseTexts(root, texts, name, services) };
            }
            return last.committed;
        },
    };
}

/** The file and all that its imports lead to, each as it was committed. */
async function reached(root: string, read: ReadCommitted, services: StrataServices): Promise<ReadonlyMap<string, FileText>> {
    const texts = new Map<string, FileText>();
    const wanted = [root];
    for (let uri = wanted.pop(); uri !== undefined; uri = wanted.pop()) {
        if (!texts.has(uri)) {
            const text = await read(uri);
            texts.set(uri, text);
            wanted.push(...(text.kind === 'text' ? importedUris(parseText(services, text.text, uri)) : []));
        }
    }
    return texts;
}

async function analyseTexts(root: string, texts: ReadonlyMap<string, FileText>, name: string, services: StrataServices): Promise<Committed> {
    const sources = createSources(services, (uri) => texts.get(uri) ?? unreadable(noSuchFile));
    const source = sources.get(root);
    if (!isReadable(source)) {
        return { kind: 'unknown', because: source.unreadable === noSuchFile ? `${name} has no such file: it is new` : source.unreadable };
    }
    const set = groupSources(sources, [root]).find((each) => each.root === root);
    const understood = set && understand(services, set);
    const analysis = understood?.parses === true ? await analyse(understood, createDirectSimulator(), CancellationToken.None) : undefined;
    return analysis?.result === undefined
        ? { kind: 'unknown', because: `what ${name} has can't be understood or simulated` }
        : { kind: 'known', name, side: { result: analysis.result, findings: analysis.findings } };
}
