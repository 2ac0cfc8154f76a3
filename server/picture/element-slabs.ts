/** The slabs of an element: what it is, and the kernel it brings along. */
import type { Finding } from '#simulation/model/finding.ts';
import type { BoxMark } from '../protocol.ts';
import type { Slab } from './column.ts';
import type { Measure } from './measures.ts';
import { countText } from './quantity.ts';
import type { Place } from './standing.ts';
import type { Subject } from './subject.ts';
import { descriptionOf, figuresOf, kindWord, labelOf, plainName } from './words.ts';

/** Findings that a description repeats. */
const mostFindings = 4;

export function baseSlab(subject: Subject, place: Place, measured: Measure): Slab {
    const { element } = place;
    const figures = subject.result.elements.get(element.id);
    const findings = subject.findings.get(element.id) ?? [];
    const worst = findings.some((finding) => finding.severity === 'error') ? 'error' : findings.length > 0 ? 'warning' : undefined;
    const tint = element.kind === 'host' || element.kind === 'vm' || element.kind === 'hypervisor' ? undefined : tintOf(subject, place);
    const count = element.kind === 'host' ? (element.replicas ?? 1) : place.count;
    const marks: readonly BoxMark[] = [
        ...(element.implicit ? ['implicit' as const] : []),
        ...(measured.unknown && !place.stopped ? ['unknown' as const] : []),
        ...(place.stopped ? ['stopped' as const] : []),
    ];
    return {
        key: `${element.kind === 'host' ? 'hardware' : element.kind}:${element.id}`,
        role: roleOf(place),
        element: element.id,
        words: {
            labels: [labelOf(element, count)],
            details: figuresOf(subject.resource, place, figures, measured.unknown),
            description: () => [descriptionOf(place, figures, measured.unknown), ...findingSentences(findings)].join('; '),
        },
        ...(tint === undefined ? {} : { tint }),
        count,
        marks,
        ...(worst === undefined ? {} : { severity: worst }),
    };
}

function roleOf(place: Place): Slab['role'] {
    const { kind } = place.element;
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

function findingSentences(findings: readonly Finding[]): readonly string[] {
    const sentences = findings.slice(0, mostFindings).map((finding) => `${finding.severity}: ${plainName(finding.message)}`);
    return findings.length > mostFindings ? [...sentences, `and ${countText(findings.length - mostFindings)} more findings`] : sentences;
}

/** The kernel slab of a machine, and of a container that brings a kernel of its own. */
export function kernelSlab(subject: Subject, place: Place): readonly Slab[] {
    const { element } = place;
    const tint = subject.tints.get(element.id);
    if (tint === undefined) {
        return [];
    }
    const system =
        (element.kind === 'host' || element.kind === 'vm') && element.os !== undefined
            ? [element.os.name, element.os.version].filter((part) => part !== undefined).join(' ')
            : 'kernel';
    const members = subject.members.get(element.id) ?? [];
    const workloads = members.reduce((sum, member) => sum + (subject.places.get(member)?.count ?? 0), 0) / (element.kind === 'host' ? 1 : place.count);
    const sharers = `${countText(workloads)} ${workloads === 1 ? 'workload' : 'workloads'}`;
    const owner = element.kind === 'host' ? 'kernel' : 'own kernel';
    return [
        {
            key: `kernel:${element.id}`,
            role: 'kernel',
            element: element.id,
            words: {
                labels: [plainName(system)],
                details: [...(workloads > 1 ? [`${owner} · shared by ${sharers}`] : []), owner, 'kernel'],
                description: () =>
                    `kernel of ${kindWord(element)} ${plainName(element.id)}: ${plainName(system)}${place.count > 1 ? `, ${countText(place.count)} kernels, one for each replica` : ''}; ${sharers} on it`,
            },
            tint,
            count: place.count,
            // Of a machine that does not start, nobody runs on the kernel either.
            marks: place.stopped ? ['stopped'] : [],
        },
    ];
}

function tintOf(subject: Subject, place: Place): number | undefined {
    const own = subject.tints.get(place.element.id);
    const kernel = subject.result.elements.get(place.element.id)?.kernel;
    return own ?? (kernel === undefined ? undefined : subject.tints.get(kernel));
}
