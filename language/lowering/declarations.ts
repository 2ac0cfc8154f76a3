/** Elements as declared, with the statements that hold for them after templates and bodies are merged. */
import { type ElementId, elementId } from '#simulation/model/ids.ts';
import type { ElementKind } from '#simulation/model/topology.ts';
import { duplicateName } from '../checks/duplicate-name.ts';
import { reportOutsideEngine } from '../checks/misplaced-statement.ts';
import { replicaCount } from '../checks/replica-count.ts';
import { reservedName } from '../checks/reserved-name.ts';
import { templateCycle } from '../checks/template-cycle.ts';
import { tooManyElements } from '../checks/too-many-elements.ts';
import { evaluate, type Scope } from '../expressions/evaluate.ts';
import { scopeFor } from '../expressions/lets.ts';
import type { Element, Item, Template } from '../generated/ast.ts';
import type { Occurrence } from '../occurrences.ts';
import { Collected, type Report } from '../problems.ts';
import { type BodyKind, bodyNames, childKinds } from '../statements.ts';
import { rangeOf, rangeOfProperty } from '../syntax/ranges.ts';
import { isDeclarationIn, mergeStatements } from './statement-keys.ts';

export interface Declaration {
    readonly id: ElementId;
    readonly kind: ElementKind;
    readonly name: string;
    readonly parent?: Declaration;
    readonly children: readonly Declaration[];
    /** Where it is declared: the last of the bodies that were merged, and the others, templates first. */
    readonly node: Element;
    readonly nodes: readonly Element[];
    /** The statements that hold, by key as written; several where a statement may stand several times. */
    readonly statements: ReadonlyMap<string, readonly Item[]>;
    readonly phases: readonly PhaseDeclaration[];
    readonly replicas?: number;
}

export interface PhaseDeclaration {
    readonly name: string;
    readonly node: Element;
    readonly statements: ReadonlyMap<string, readonly Item[]>;
}

export interface DeclareContext {
    readonly templates: ReadonlyMap<string, Template>;
    readonly scope: Scope;
    readonly report: Report;
    readonly record: (occurrence: Occurrence) => void;
}

/** Replicas of one declaration: more than a model of one estate can need, and far below where counts lose whole numbers. */
export const maximumReplicas = 1e9;
/** Templates may multiply up to so many elements, what is written out by hand counted in; and elements may nest so deep. */
export const maximumDeclarations = 50_000;
export const maximumDepth = 200;

/** What came of one element of the files' own level. */
export interface DeclaredPart {
    readonly collected: Collected;
    /** Parents before children. */
    readonly declarations: readonly Declaration[];
    /** Whether templates would have made more elements than there may be. */
    readonly isFull: boolean;
}

/** The elements of each of these nodes. What is known of one is taken over, as far as that leaves no more elements than there may be. */
export function declareParts(
    nodes: readonly Element[],
    context: DeclareContext,
    known: ReadonlyMap<Element, DeclaredPart>,
): ReadonlyMap<Element, DeclaredPart> {
    const parts = new Map<Element, DeclaredPart>();
    let declared = 0;
    let isFull = false;
    for (const child of new Declarer(context, 0, false).children(nodes)) {
        for (const { node } of child.parts) {
            const before = known.get(node);
            const fits = before !== undefined && !before.isFull && !isFull && declared + before.declarations.length <= maximumDeclarations;
            const part: DeclaredPart = fits ? before : declarePart(child, context, declared, isFull);
            parts.set(node, part);
            declared += part.declarations.length;
            isFull ||= part.isFull;
        }
    }
    return parts;
}

function declarePart(child: Child, context: DeclareContext, before: number, isFull: boolean): DeclaredPart {
    const collected = new Collected();
    const { report, record } = collected;
    const declarer = new Declarer({ ...context, scope: scopeFor(context.scope, report, record), report, record }, before, isFull);
    return { collected, ...declarer.declare(child) };
}

/** A body in the order of merging; `through` are the templates that it came from. */
interface Source {
    readonly items: readonly Item[];
    readonly through: readonly string[];
}
interface Merged {
    readonly statements: ReadonlyMap<string, readonly Item[]>;
    readonly children: readonly Child[];
}
interface Child {
    readonly name: string;
    readonly parts: readonly { readonly node: Element; readonly through: readonly string[] }[];
}
type Growing = { -readonly [Key in keyof Declaration]: Key extends 'children' | 'phases' ? Declaration[Key][number][] : Declaration[Key] };

class Declarer {
    private readonly context: DeclareContext;
    private readonly declared: Declaration[] = [];
    /** After the first element that is too many, no other that templates make is looked at. */
    private isFull: boolean;
    /** Elements that other parts have. */
    private readonly before: number;

    constructor(context: DeclareContext, before: number, isFull: boolean) {
        this.context = context;
        this.before = before;
        this.isFull = isFull;
    }

    /** The elements of the files' own level, each of one node. */
    children(nodes: readonly Element[]): readonly Child[] {
        return this.merge([{ items: nodes, through: [] }], 'file').children;
    }

    declare(child: Child): Pick<DeclaredPart, 'declarations' | 'isFull'> {
        this.enter(child, undefined, 1);
        return { declarations: this.declared, isFull: this.isFull };
    }

    private enter(child: Child, parent: Growing | undefined, depth: number): void {
        const last = child.parts.at(-1);
        const node = last?.node;
        const kind = node?.kind;
        if (node === undefined || kind === undefined || kind === 'phase' || !this.mayStand(node, kind, parent)) {
            return;
        }
        const isMade = child.parts.every((part) => part.through.length > 0);
        if (isMade && this.isFull) {
            return;
        }
        if ((isMade && this.before + this.declared.length >= maximumDeclarations) || depth > maximumDepth) {
            this.isFull = depth <= maximumDepth;
            const limit = depth > maximumDepth ? maximumDepth : maximumDeclarations;
            this.context.report(tooManyElements, {
                at: rangeOfProperty(node, 'name'),
                facts: { limit },
                message:
                    depth > maximumDepth
                        ? `Elements nest deeper than ${limit} levels here. Take a level out.`
                        : `There are more than ${limit} elements. Use replicas, as in \`container web[1000]\`.`,
            });
            return;
        }
        const nodes = child.parts.map((part) => part.node);
        const { statements, children } = this.merge(
            child.parts.flatMap((part) => this.sources(part.node, part.through)),
            kind,
        );
        const id = elementId(parent === undefined ? child.name : `${parent.id}.${child.name}`);
        const replicas = this.replicas(nodes);
        const declaration: Growing = {
            id,
            kind,
            name: child.name,
            children: [],
            phases: [],
            node,
            nodes,
            statements,
            ...(parent === undefined ? {} : { parent }),
            ...(replicas === undefined ? {} : { replicas }),
        };
        this.recordNames(declaration);
        this.declared.push(declaration);
        parent?.children.push(declaration);
        for (const inner of children) {
            if (kind === 'process') {
                this.addPhase(declaration, inner);
            } else {
                this.enter(inner, declaration, depth + 1);
            }
        }
    }

    /** What stands in the wrong place is no element. Only of a slice it is not known before templates are merged whether an engine is around it. */
    private mayStand(node: Element, kind: ElementKind, parent: Growing | undefined): boolean {
        if (parent?.kind === 'slice' && (kind === 'container' || kind === 'pod') && !isInEngine(parent)) {
            reportOutsideEngine(node, kind, this.context.report);
            return false;
        }
        return (childKinds[parent?.kind ?? 'file'] ?? []).includes(kind);
    }

    private addPhase(declaration: Growing, child: Child): void {
        const node = child.parts.at(-1)?.node;
        if (node?.kind === 'phase') {
            const { statements } = this.merge(
                child.parts.flatMap((part) => this.sources(part.node, part.through)),
                'phase',
            );
            declaration.phases.push({ name: child.name, node, statements });
            const target = { kind: 'phase' as const, name: `${declaration.id}/${child.name}` };
            for (const part of child.parts) {
                this.context.record({ target, role: 'definition', at: rangeOfProperty(part.node, 'name') });
            }
        }
    }

    /** The bodies of a declaration: its templates', the most general first, then its own. */
    private sources(node: Element | Template, through: readonly string[]): readonly Source[] {
        const own = { items: node.body?.items ?? [], through };
        const name = node.template;
        if (name === undefined) {
            return [own];
        }
        const at = rangeOfProperty(node, 'template');
        const template = this.context.templates.get(name);
        if (template === undefined || template.kind !== node.kind) {
            return [own];
        }
        if (through.includes(name)) {
            this.context.report(templateCycle, {
                at,
                message: `The template \`${name}\` needs itself here: ${[...through.slice(through.indexOf(name)), name].join(' → ')}. Take it out of this circle.`,
                facts: { name },
            });
            return [own];
        }
        if (through.length >= maximumDepth) {
            this.context.report(tooManyElements, {
                at,
                message: `Templates extend each other more than ${maximumDepth} times here. Take some of them together.`,
                facts: { limit: maximumDepth },
            });
            return [own];
        }
        return [...this.sources(template, [...through, name]), own];
    }

    private merge(sources: readonly Source[], kind: BodyKind): Merged {
        const children = new Map<string, Child>();
        for (const source of sources) {
            const mine = new Set<string>();
            for (const item of source.items) {
                if (isDeclarationIn(kind, item)) {
                    this.mergeChild(children, item, source, mine);
                }
            }
        }
        const statements = mergeStatements(sources.map(({ items }) => items.filter((item) => !isDeclarationIn(kind, item))));
        return { statements, children: [...children.values()] };
    }

    private mergeChild(children: Map<string, Child>, node: Element, source: Source, mine: Set<string>): void {
        const name = node.name ?? node.type;
        if (name === undefined) {
            return;
        }
        const known = children.get(name);
        const part = { node, through: source.through };
        if (known === undefined) {
            children.set(name, { name, parts: [part] });
        } else if (mine.has(name) || known.parts.some((other) => other.node.kind !== node.kind || other.node.type !== node.type)) {
            this.reportDuplicate(node, name, known);
            return;
        } else {
            children.set(name, { name, parts: [...known.parts, part] });
        }
        mine.add(name);
    }

    private reportDuplicate(node: Element, name: string, known: Child): void {
        const first = known.parts[0]?.node;
        const isTyped = node.kind === 'engine' || node.kind === 'hypervisor';
        this.context.report(duplicateName, {
            at: nameRange(node),
            facts: { name },
            message: `There is already ${bodyNames[first?.kind ?? 'host']} called \`${name}\` beside it. ${isTyped && node.name === undefined ? `Name this one with \`as\`, as in \`${node.kind} ${name} as ${name}2\`.` : 'Give this one another name.'}`,
            related: first === undefined ? [] : [{ at: nameRange(first), message: 'It is declared here first.' }],
        });
    }

    private replicas(nodes: readonly Element[]): number | undefined {
        const node = nodes.findLast((part) => part.count !== undefined);
        if (node?.count === undefined) {
            return undefined;
        }
        const { report, scope } = this.context;
        const count = evaluate(node.count, scope);
        if (count === undefined) {
            return 1;
        }
        if (count.dimension === 'number' && Number.isInteger(count.value) && count.value >= 0 && count.value <= maximumReplicas) {
            return count.value;
        }
        report(replicaCount, {
            at: rangeOf(node.count),
            facts: { value: count.value },
            message: `A number of replicas is a whole number from 0 to 1,000,000,000, and this is ${count.dimension === 'number' ? String(count.value) : 'no plain number'}. Write one in that range.`,
        });
        return 1;
    }

    private recordNames({ id, kind, name, nodes, parent }: Growing): void {
        for (const node of nodes) {
            this.context.record({ target: { kind: 'element', name: id }, role: 'definition', at: nameRange(node) });
        }
        const node = nodes.at(-1);
        if (name === 'vm' && parent?.kind === 'engine' && node !== undefined) {
            this.context.report(reservedName, {
                at: nameRange(node),
                message: `\`vm\` under an engine is the virtual machine that the product adds itself. Give this ${kind} another name.`,
                facts: { name },
            });
        }
    }
}

function isInEngine(declaration: Declaration): boolean {
    for (let current: Declaration | undefined = declaration; current?.kind === 'slice' || current?.kind === 'engine'; current = current.parent) {
        if (current.kind === 'engine') {
            return true;
        }
    }
    return false;
}

/** The name of an element: of hypervisors and engines the alias, or the type. */
export const nameRange = (node: Element) => rangeOfProperty(node, node.name === undefined && node.type !== undefined ? 'type' : 'name');
