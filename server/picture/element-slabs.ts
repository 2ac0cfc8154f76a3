/** The slabs of an element: what it is, and the kernel it brings along. */
import type { Element } from '#simulation/model/topology.ts';
import type { BoxMark } from '../protocol.ts';
import type { Slab } from './column.ts';
import type { Ingredients, Said } from './ingredients.ts';
import { countText } from './quantity.ts';
import { descriptionOf, figuresOf, kindWord, labelOf, plainName } from './words.ts';

/** Findings that a description repeats. */
const mostFindings = 4;

export function baseSlab(of: Ingredients): Slab {
    const { element, figures, findings, stopped } = of;
    const { unknown } = of.measure;
    const worst = findings.some((finding) => finding.severity === 'error') ? 'error' : findings.length > 0 ? 'warning' : undefined;
    const tint = element.kind === 'host' || element.kind === 'vm' || element.kind === 'hypervisor' ? undefined : of.tint;
    const count = element.kind === 'host' ? (element.replicas ?? 1) : of.count;
    const marks: readonly BoxMark[] = [
        ...(element.implicit ? ['implicit' as const] : []),
        ...(unknown && !stopped ? ['unknown' as const] : []),
        ...(stopped ? ['stopped' as const] : []),
    ];
    return {
        key: `${element.kind === 'host' ? 'hardware' : element.kind}:${element.id}`,
        role: roleOf(element),
        element: element.id,
        words: {
            labels: [labelOf(element, count)],
            details: figuresOf(of.resource, of, figures, unknown),
            description: () => [descriptionOf(of, figures, unknown), ...findingSentences(findings)].join('; '),
        },
        ...(tint === undefined ? {} : { tint }),
        count,
        marks,
        ...(worst === undefined ? {} : { severity: worst }),
    };
}

function roleOf({ kind }: Element): Slab['role'] {
    switch (kind) {
        case 'host':
            return 'hardware';
        case 'disk':
        case 'nic':
            throw new Error(`${kind} is not part of the picture`);
        default:
            return kind;
    }
}

function findingSentences(findings: readonly Said[]): readonly string[] {
    const sentences = findings.slice(0, mostFindings).map((finding) => `${finding.severity}: ${plainName(finding.message)}`);
    return findings.length > mostFindings ? [...sentences, `and ${countText(findings.length - mostFindings)} more findings`] : sentences;
}

/** The kernel slab of a machine, and of a container that brings a kernel of its own. */
export function kernelSlab({ element, count, stopped, tint, workloads }: Ingredients): Slab | undefined {
    if (workloads === undefined || tint === undefined) {
        return undefined;
    }
    const system =
        (element.kind === 'host' || element.kind === 'vm') && element.os !== undefined
            ? [element.os.name, element.os.version].filter((part) => part !== undefined).join(' ')
            : 'own kernel';
    const sharers = `${countText(workloads)} ${workloads === 1 ? 'workload' : 'workloads'}`;
    const owner = element.kind === 'host' ? 'kernel' : element.kind === 'vm' ? 'own kernel' : 'of the sandbox';
    // Replicas of a machine have a kernel each, whatever tint they are drawn in.
    const each =
        count > 1
            ? [...(workloads > 1 ? [`${countText(count)} kernels · ${sharers} on each`] : []), `${countText(count)} kernels`, `×${countText(count)}`]
            : undefined;
    return {
        key: `kernel:${element.id}`,
        role: 'kernel',
        element: element.id,
        words: {
            labels: [plainName(system)],
            details: each ?? (workloads > 1 ? [`${owner} · shared by ${sharers}`, owner, 'kernel'] : [owner, 'kernel']),
            description: () =>
                `kernel of ${kindWord(element)} ${plainName(element.id)}: ${plainName(system)}${count > 1 ? `, ${countText(count)} kernels, one for each replica` : ''}; ${sharers} on it`,
        },
        tint,
        count,
        // Of a machine that does not start, nobody runs on the kernel either.
        marks: stopped ? ['stopped'] : [],
    };
}
