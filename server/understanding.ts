/** What the language makes of one set of texts, before anything is simulated. */
import { loadCatalog } from '#language/catalog.ts';
import { type Lowered, lower } from '#language/lowering/lower.ts';
import type { StrataServices } from '#language/services.ts';
import { groupTopologies, importedUris, type TopologySet } from '#language/topology-sets.ts';
import { noSuchFile } from './file-text.ts';
import { isReadable, type Source, type Sources } from './sources.ts';

export interface Understanding {
    /** URI of the file that names the set. */
    readonly root: string;
    /** The files of the set; what is imported stands before what imports it. */
    readonly sources: readonly Source[];
    /** Equal only for the same texts of the same files. */
    readonly signature: string;
    readonly lowered: Lowered;
    /** Whether every text follows the grammar. */
    readonly parses: boolean;
}

/** The files of one topology, not yet looked at. */
export interface SourceSet {
    /** Why imports that are there could not be read, by URI. */
    readonly unreadable: ReadonlyMap<string, string>;
    readonly root: string;
    readonly sources: readonly Source[];
    readonly signature: string;
    readonly set: TopologySet;
}

/** Groups the given files, and all that their imports reach, by topology. */
export function groupSources(sources: Sources, uris: Iterable<string>): readonly SourceSet[] {
    const loaded = loadImports(sources, uris);
    return groupTopologies([...loaded.values()].map(({ document }) => document)).map((set) => {
        const members = set.documents.flatMap((document) => loaded.get(document.uri.toString()) ?? []);
        const unreadable = unreadableImports(members, sources);
        const signature = [set.root, ...members.map(({ stamp }) => stamp), ...[...unreadable].flat()].join(' ');
        return { root: set.root, sources: members, unreadable, signature, set };
    });
}

/** What was made of earlier texts of the set saves work, and changes nothing. */
export function understand(services: StrataServices, { root, sources, unreadable, signature, set }: SourceSet, previous?: Understanding): Understanding {
    const lowered = lower({ documents: set.documents, unreadable, catalog: loadCatalog(services), previous: previous?.lowered });
    return { root, sources, signature, lowered, parses: sources.every(parses) };
}

/** What is not there at all needs no reason. */
function unreadableImports(members: readonly Source[], sources: Sources): ReadonlyMap<string, string> {
    const imported = members.flatMap(({ document }) => importedUris(document)).map((uri) => sources.get(uri));
    return new Map(imported.flatMap((source) => (isReadable(source) || source.unreadable === noSuchFile ? [] : [[source.uri, source.unreadable]])));
}

function loadImports(sources: Sources, uris: Iterable<string>): ReadonlyMap<string, Source> {
    const loaded = new Map<string, Source>();
    const wanted = [...uris];
    const seen = new Set(wanted);
    for (let uri = wanted.pop(); uri !== undefined; uri = wanted.pop()) {
        const source = sources.get(uri);
        if (isReadable(source)) {
            loaded.set(uri, source);
            for (const imported of importedUris(source.document)) {
                if (!seen.has(imported)) {
                    seen.add(imported);
                    wanted.push(imported);
                }
            }
        }
    }
    // In the order of their URIs, so that the sets do not depend on which file was opened first.
    return new Map([...loaded].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function parses({ document }: Source): boolean {
    const { lexerErrors, parserErrors } = document.parseResult;
    return lexerErrors.length === 0 && parserErrors.length === 0;
}
