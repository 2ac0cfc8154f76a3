/** What the lowering of every element kind needs. */
import type { Element } from '#simulation/model/topology.ts';
import type { Scope } from '../expressions/evaluate.ts';
import { isLabelStatement } from '../generated/ast.ts';
import type { PathContext } from '../names/resolve-path.ts';
import type { Symbols } from '../names/symbols.ts';
import type { Declaration } from './declarations.ts';
import { readStatements, type StatementReader } from './statement-reader.ts';

export interface LoweringContext extends PathContext {
    readonly symbols: Symbols;
    /** Reads values without saying again what is wrong with them. */
    readonly values: Scope;
}

/** What every element has. */
type Common = Pick<Element, 'id' | 'name' | 'parent' | 'children' | 'replicas' | 'labels'> & { readonly implicit: false };

/** One function of this type for each kind of element. */
export type Lowering<Lowered extends Element> = (declaration: Declaration, context: LoweringContext) => Lowered;

export function lowerCommon({ id, name, parent, children, replicas, statements }: Declaration): Common {
    const labels = statements
        .get('label')
        ?.filter(isLabelStatement)
        .flatMap((item) => (item.key === undefined ? [] : [[item.key, item.value ?? ''] as const]));
    return {
        id,
        name,
        ...(parent === undefined ? {} : { parent: parent.id }),
        children: children.map((child) => child.id),
        ...(replicas === undefined ? {} : { replicas }),
        labels: labels === undefined ? {} : Object.fromEntries(labels),
        implicit: false,
    };
}

export const readerOf = (declaration: Declaration, context: LoweringContext): StatementReader =>
    readStatements(declaration.kind, declaration.statements, context.values);

/** A property that is left out where it is unknown, instead of being undefined. */
export function optional<Key extends string, Value, Made>(key: Key, value: Value | undefined, make: (value: Value) => Made): { readonly [Name in Key]?: Made } {
    return (value === undefined ? {} : { [key]: make(value) }) as { readonly [Name in Key]?: Made };
}
