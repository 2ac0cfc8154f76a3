/** Gives each service what it `extends`: a service of the same file or of another, which may extend a third. */
import type { Located } from '../import-log.ts';
import { entriesOf, entryOf, isNull, textOf, valueAt, type YamlMap, type YamlNode } from '../yaml/yaml-node.ts';
import type { ComposeFiles, Surroundings } from './load-project.ts';
import { mergeNodes, withoutResets } from './merge-nodes.ts';
import { directoryOf, isRemote, pathFrom } from './relative-path.ts';

/** Longer than any chain that somebody wrote. */
const longestChain = 50;
/** Values of all services that extend another, together: each has all that the other has. */
const mostValues = 100_000;

export function extendServices(document: YamlNode, file: string, surroundings: Surroundings, files: ComposeFiles): YamlNode {
    const services = valueAt(document, 'services');
    if (document.kind !== 'map' || services?.kind !== 'map') {
        return document;
    }
    const extender = new Extender(files, surroundings);
    const extended: YamlMap = {
        ...services,
        entries: services.entries.map((entry) => ({ ...entry, value: extender.extend(entry.value, entry.key, { file, services }, []) })),
    };
    return { ...document, entries: document.entries.map((entry) => (entry.key === 'services' ? { ...entry, value: extended } : entry)) };
}

interface Origin {
    readonly file: string;
    readonly services: YamlNode | undefined;
}

/** A service with all that it extends, and over how many others that came. */
interface Extended {
    readonly service: YamlNode;
    readonly steps: number;
}

class Extender {
    private readonly files: ComposeFiles;
    private readonly surroundings: Surroundings;
    private readonly known = new Map<string, { readonly service: YamlNode; readonly steps: number }>();
    private values = 0;
    private readonly servicesOf = new Map<string, YamlNode | undefined>();

    constructor(files: ComposeFiles, surroundings: Surroundings) {
        this.files = files;
        this.surroundings = surroundings;
    }

    /** `chain` are the services that led here, innermost last, as `file service`. */
    extend(service: YamlNode, name: string, origin: Origin, chain: readonly string[]): YamlNode {
        return this.extended(service, name, origin, chain).service;
    }

    private extended(service: YamlNode, name: string, origin: Origin, chain: readonly string[]): Extended {
        const identity = `${origin.file} ${name}`;
        const known = this.known.get(identity);
        const extendsEntry = entryOf(service, 'extends');
        if (known !== undefined || extendsEntry === undefined || service.kind !== 'map' || isNull(extendsEntry.value)) {
            return known ?? { service, steps: 0 };
        }
        const place = { at: extendsEntry.value.at, path: `services.${name}.extends` };
        if (chain.includes(identity)) {
            this.refuse(place, `It extends itself: ${[...chain, identity].join(', then ')}`);
            return { service, steps: 0 };
        }
        if (this.values > mostValues) {
            return { service, steps: 0 };
        }
        const own: YamlMap = { ...service, entries: service.entries.filter(({ key }) => key !== 'extends') };
        const base = chain.length >= longestChain ? undefined : this.base(extendsEntry.value, place, origin, [...chain, identity]);
        const steps = chain.length >= longestChain ? longestChain : (base?.steps ?? 0);
        if (steps >= longestChain) {
            this.refuse(place, `It extends by more than ${longestChain} steps`);
        }
        const merged = base === undefined || steps >= longestChain ? own : mergeNodes(withoutResets(base.service), own, `services.${name}`, this.files.log);
        this.values += sizeOf(merged, mostValues - this.values);
        if (this.values > mostValues) {
            this.refuse(place, 'What it and the others extend comes to more than describes machines');
        }
        const result = { service: this.values > mostValues ? own : merged, steps: steps + 1 };
        this.known.set(identity, result);
        return result;
    }

    private refuse(place: Located, reason: string): void {
        this.files.log.refuse(place, 'compose-extends', reason, 'Take one of the extends out.');
    }

    private base(reference: YamlNode, place: Located, origin: Origin, chain: readonly string[]): Extended | undefined {
        const name = textOf(reference) ?? textOf(valueAt(reference, 'service'));
        const file = textOf(valueAt(reference, 'file'));
        if (name === undefined) {
            this.files.log.refuse(place, 'compose-extends', 'It does not say which service it extends', 'Add service: with its name.');
            return undefined;
        }
        const from = file === undefined ? origin : this.other(isRemote(file) ? file : pathFrom(this.directory(origin.file), file), place);
        const entry = from && entryOf(from.services, name);
        if (from !== undefined && entry === undefined) {
            const names = entriesOf(from.services).map(({ key }) => key);
            const remedy = names.length === 0 ? 'Name another file.' : `Name one of ${names.slice(0, 10).join(', ')}.`;
            this.files.log.refuse(place, 'compose-extends', `There is no service ${JSON.stringify(name)} in ${from.file}`, remedy);
        }
        return entry === undefined || from === undefined || isNull(entry.value) ? undefined : this.extended(entry.value, name, from, chain);
    }

    /** The directory to which paths in a file belong: its own, or for files of the project the project's. */
    private directory(file: string): string {
        return this.servicesOf.has(file) ? directoryOf(file) : this.surroundings.directory;
    }

    private other(file: string, place: Located): Origin | undefined {
        if (!this.servicesOf.has(file)) {
            const { variables, chain } = this.surroundings;
            const documents = this.files.read(file, place, { directory: directoryOf(file), variables, chain });
            const whole = documents?.reduce<YamlNode | undefined>(
                (all, one) => (all === undefined ? one : mergeNodes(all, one, '', this.files.log)),
                undefined,
            );
            this.servicesOf.set(file, documents && (valueAt(whole, 'services') ?? { kind: 'map', at: { ...place.at }, entries: [] }));
        }
        const services = this.servicesOf.get(file);
        return services === undefined ? undefined : { file, services };
    }
}

/** How many values a node holds, counted up to just beyond a limit. */
function sizeOf(node: YamlNode, limit: number): number {
    let count = 0;
    const open = [node];
    for (let next = open.pop(); next !== undefined && count <= limit; next = open.pop()) {
        count += 1;
        open.push(...(next.kind === 'list' ? next.items : entriesOf(next).map(({ value }) => value)));
    }
    return count;
}
