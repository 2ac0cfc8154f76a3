/** Lowers the definitions that a topology names: operating systems, images, types. */
import type { Definitions, EngineType, HypervisorType, Image, OperatingSystem, OsFamily, RuntimeType } from '#simulation/model/definitions.ts';
import type { Element } from '#simulation/model/topology.ts';
import { bytes, coreSeconds, fraction, seconds } from '#simulation/model/units.ts';
import { type Body, type ImageItem, isChoice, isRuns, type OsItem, type TypeDefinition } from '../generated/ast.ts';
import type { BodyKind } from '../statements.ts';
import { type LoweringContext, optional } from './context.ts';
import { memoryOverhead } from './memory-overhead.ts';
import { statementsOf } from './statement-keys.ts';
import { readStatements, type StatementReader, wordOf } from './statement-reader.ts';

/** Only what the elements name, and what that names in turn. */
export function lowerDefinitions(elements: Iterable<Element>, context: DefinitionContext): Definitions {
    const names = () => new Set<string>();
    const [systems, images, hypervisors, engines, runtimes] = [names(), names(), names(), names(), names()];
    for (const element of elements) {
        switch (element.kind) {
            case 'host':
            case 'vm':
                element.os === undefined || systems.add(element.os.name);
                break;
            case 'hypervisor':
                hypervisors.add(element.type);
                break;
            case 'engine':
                engines.add(element.type);
                element.runtime === undefined || runtimes.add(element.runtime);
                break;
            case 'container':
                element.image?.definition === undefined || images.add(element.image.definition);
                element.runtime === undefined || runtimes.add(element.runtime);
                break;
            case 'disk':
            case 'nic':
            case 'slice':
            case 'pod':
            case 'process':
                break;
            default:
                element satisfies never;
        }
    }
    return lowerNamed({ systems, images, hypervisors, engines, runtimes }, context);
}

/** Everything that the files and the catalog define. */
export function lowerLibrary(context: DefinitionContext): Definitions {
    const { operatingSystems, images, hypervisorTypes, engineTypes, runtimeTypes } = context.symbols;
    const all = (symbols: ReadonlyMap<string, unknown>) => new Set(symbols.keys());
    return lowerNamed(
        { systems: all(operatingSystems), images: all(images), hypervisors: all(hypervisorTypes), engines: all(engineTypes), runtimes: all(runtimeTypes) },
        context,
    );
}

type DefinitionContext = Pick<LoweringContext, 'symbols' | 'values'>;
type Names = Readonly<Record<'systems' | 'images' | 'hypervisors' | 'engines' | 'runtimes', Set<string>>>;

/** What has these names, and what that names in turn. */
function lowerNamed({ systems, images, hypervisors, engines, runtimes }: Names, context: DefinitionContext): Definitions {
    const { symbols } = context;
    const engineTypes = pick(engines, symbols.engineTypes, (name, node) => lowerEngineType(name, node, context));
    for (const type of engineTypes.values()) {
        systems.add(type.vmOs);
        runtimes.add(type.runtime);
    }
    const runtimeTypes = pick(runtimes, symbols.runtimeTypes, (name, node) => lowerRuntimeType(name, node, context));
    for (const type of runtimeTypes.values()) {
        systems.add(type.os);
    }
    return {
        engineTypes,
        runtimeTypes,
        hypervisorTypes: pick(hypervisors, symbols.hypervisorTypes, (name, node) => lowerHypervisorType(name, node, context)),
        images: pick(images, symbols.images, (name, node) => lowerImage(name, node, context)),
        operatingSystems: pick(systems, symbols.operatingSystems, (name, node) => lowerOperatingSystem(name, node, context)),
    };
}

function pick<Node, Lowered>(
    names: ReadonlySet<string>,
    nodes: ReadonlyMap<string, Node>,
    lowerOne: (name: string, node: Node) => Lowered,
): ReadonlyMap<string, Lowered> {
    return new Map(
        [...names].flatMap((name) => {
            const node = nodes.get(name);
            return node === undefined ? [] : [[name, lowerOne(name, node)] as const];
        }),
    );
}

const read = (kind: BodyKind, body: Body | undefined, { values }: DefinitionContext): StatementReader =>
    readStatements(kind, statementsOf(body?.items ?? []), values);

function lowerOperatingSystem(name: string, node: OsItem, context: DefinitionContext): OperatingSystem {
    const statements = read('os', node.body, context);
    return {
        name,
        family: familyOf(statements.word('family')),
        ...optional('kernel', statements.word('kernel'), (kernel) => kernel),
        memory: bytes(statements.number('memory')),
        disk: bytes(statements.number('disk')),
        boot: seconds(statements.number('boot')),
        bootWork: coreSeconds(statements.number('boot-work')),
    };
}

function lowerImage(name: string, node: ImageItem, context: DefinitionContext): Image {
    const statements = read('image', node.body, context);
    return {
        name,
        family: familyOf(statements.word('os')),
        // Unlike other words, which the last one replaces, architectures add up.
        archs: (node.body?.items ?? []).filter(isChoice).flatMap((item) => (item.key === 'arch' && item.word !== undefined ? [item.word] : [])),
        size: bytes(statements.number('size')),
        ...optional('kernel', statements.word('kernel'), (kernel) => kernel),
        ...optional('build', statements.word('build'), (build) => build),
    };
}

function lowerHypervisorType(name: string, node: TypeDefinition, context: DefinitionContext): HypervisorType {
    const statements = read('hypervisor-type', node.body, context);
    const type = statements.word('class');
    return {
        name,
        class: type === 'native' || type === 'hosted' ? type : 'kernel',
        ownMemory: bytes(statements.number('own-memory')),
        memory: memoryOverhead(statements, context.values),
        cpu: fraction(statements.number('cpu')),
        io: fraction(statements.number('io')),
        weightPer: statements.word('weight per') === 'vcpu' ? 'vcpu' : 'vm',
        reserve: statements.word('reserve') === 'guaranteed' ? 'guaranteed' : 'admission',
        boot: seconds(statements.number('boot')),
        bootWork: coreSeconds(statements.number('boot-work')),
        start: seconds(statements.number('start')),
        startWork: coreSeconds(statements.number('start-work')),
    };
}

function lowerEngineType(name: string, node: TypeDefinition, context: DefinitionContext): EngineType {
    const statements = read('engine-type', node.body, context);
    const vm = wordOf(statements.items('vm').at(-1));
    return {
        name,
        runs: statements
            .items('runs')
            .filter(isRuns)
            .map((item) => ({ image: familyOf(item.images), on: familyOf(item.kernel) })),
        vm: vm === 'always' || vm === 'when-needed' ? vm : 'never',
        vmMemory: fraction(statements.number('vm-memory')),
        vmOs: statements.word('vm-os') ?? 'linux',
        memory: bytes(statements.number('memory')),
        memoryPerContainer: bytes(statements.number('memory per-container')),
        runtime: statements.word('runtime') ?? 'runc',
        daemon: statements.flag('daemon'),
        boot: seconds(statements.number('boot')),
        start: seconds(statements.number('start')),
        startWork: coreSeconds(statements.number('start-work')),
    };
}

function lowerRuntimeType(name: string, node: TypeDefinition, context: DefinitionContext): RuntimeType {
    const statements = read('runtime-type', node.body, context);
    const type = statements.word('class');
    return {
        name,
        class: type === 'sandbox' || type === 'kernel' ? type : 'namespace',
        os: statements.word('os') ?? 'linux',
        memoryPerContainer: bytes(statements.number('memory per-container')),
        cpu: fraction(statements.number('cpu')),
        start: seconds(statements.number('start')),
        startWork: coreSeconds(statements.number('start-work')),
    };
}

function familyOf(word: string | undefined): OsFamily {
    return word === 'linux' || word === 'windows' || word === 'macos' || word === 'freebsd' ? word : 'other';
}
