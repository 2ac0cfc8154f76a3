/** Machines whose operating system does not suit what stands on them. */
import { catalogScheme } from '#language/catalog.ts';
import { type ElementId, elementId } from '#simulation/model/ids.ts';
import { lastStep } from '../short-path.ts';
import { elementNodeAt } from '../syntax-at.ts';
import { remove, replace } from './edits.ts';
import type { Fix, FixInput, FixRule } from './fix.ts';
import { setStatement } from './size.ts';

/** An operating system to begin with, where any will do. */
const plainSystem = 'debian';

export const hypervisorClass: FixRule = {
    codes: ['hypervisor-class'],
    *fixes(input: FixInput): Generator<Fix> {
        const { subject, facts } = input.finding;
        const host = idFact(facts['host']);
        if (subject === undefined || host === undefined) {
            return;
        }
        if (facts['class'] === 'native') {
            yield* withoutSystem(input, host);
            yield* otherType(input, subject, typeof facts['os'] === 'string' && facts['os'].startsWith('windows') ? 'hyper-v' : 'kvm');
        } else {
            yield* withSystem(input, host);
            yield* otherType(input, subject, 'esxi');
        }
    },
};

export const osMissing: FixRule = {
    codes: ['os-missing'],
    *fixes(input: FixInput): Generator<Fix> {
        const host = idFact(input.finding.facts['host']);
        if (host !== undefined) {
            yield* withSystem(input, host);
        }
    },
};

export const nestedOff: FixRule = {
    codes: ['nested-off'],
    *fixes(input: FixInput): Generator<Fix> {
        const vm = idFact(input.finding.facts['vm']);
        const edit = vm === undefined ? undefined : setStatement(input, vm, 'nested', 'on');
        if (vm !== undefined && edit !== undefined) {
            yield { title: `Expose virtualisation to ${lastStep(vm)}: \`nested on\``, edits: [edit], isPreferred: true };
        }
    },
};

function* withSystem(input: FixInput, host: ElementId): Generator<Fix> {
    const edit = setStatement(input, host, 'os', plainSystem);
    if (edit !== undefined) {
        yield { title: `Give ${lastStep(host)} the operating system ${plainSystem}`, edits: [edit] };
    }
}

function* withoutSystem({ analysis, sourceOf }: FixInput, host: ElementId): Generator<Fix> {
    const statement = analysis.lowered.origins.elements.get(host)?.statements.get('os');
    const source = statement && sourceOf(statement.uri);
    if (statement !== undefined && source !== undefined) {
        yield { title: `Make ${lastStep(host)} bare metal: remove its \`os\``, edits: [remove(statement, source)] };
    }
}

/** The type's name is the hypervisor's name as well, unless it has an alias: then paths keep their meaning. */
function* otherType({ analysis, sourceOf }: FixInput, hypervisor: ElementId, type: string): Generator<Fix> {
    const name = analysis.lowered.origins.elements.get(hypervisor)?.name;
    const element = analysis.lowered.topology.elements.get(hypervisor);
    const source = name && sourceOf(name.uri);
    const node = source && elementNodeAt(source, name.start);
    const typeRange =
        node?.type === undefined
            ? undefined
            : analysis.lowered.occurrences.byUri.get(source?.uri ?? '')?.find(({ target, at }) => target.kind === 'hypervisor-type' && isWithin(at, node));
    if (element?.kind === 'hypervisor' && typeRange !== undefined && !typeRange.at.uri.startsWith(`${catalogScheme}:`) && element.type !== type) {
        yield { title: `Use ${type} in place of ${element.type}`, edits: [replace(typeRange.at, type)] };
    }
}

function isWithin({ start }: { readonly start: { readonly line: number; readonly character: number } }, node: ReturnType<typeof elementNodeAt>): boolean {
    const range = node?.$cstNode?.range;
    const isAfter = range !== undefined && (range.start.line < start.line || (range.start.line === start.line && range.start.character <= start.character));
    return isAfter && (start.line < range.end.line || (start.line === range.end.line && start.character < range.end.character));
}

function idFact(fact: FixInput['finding']['facts'][string] | undefined): ElementId | undefined {
    return typeof fact === 'string' ? elementId(fact) : undefined;
}
