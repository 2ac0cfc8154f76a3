/** The limits and sizes of an element that a slider may change, and the edit that changes one. */
import type { SourceRange } from '#language/origins.ts';
import { elementId } from '#simulation/model/ids.ts';
import type { Element } from '#simulation/model/topology.ts';
import { writeMemory } from '../fixes/size.ts';
import { declaredPath } from '../json/instances.ts';
import { coresText } from '../picture/quantity.ts';
import {
    type Limit,
    type LimitEditAnswer,
    type LimitEditParams,
    type LimitsAnswer,
    type LimitsParams,
    limitEditRequest,
    limitsRequest,
    type PictureResource,
} from '../protocol.ts';
import { canonicalUri } from '../sources.ts';
import type { Understanding } from '../understanding.ts';
import type { Feature } from './feature.ts';

export const limits: Feature = {
    name: 'limits',
    register: ({ onRequest, workspace, spelling }) => {
        onRequest(limitsRequest, ({ uri, element }: LimitsParams): LimitsAnswer => {
            const understanding = workspace.current(canonicalUri(uri));
            return understanding === undefined ? [] : limitsOf(element, understanding).map(({ limit }) => limit);
        });
        onRequest(limitEditRequest, ({ uri, element, statement, value }: LimitEditParams): LimitEditAnswer => {
            const understanding = workspace.current(canonicalUri(uri));
            const found = understanding && limitsOf(element, understanding).find(({ limit }) => limit.statement === statement);
            if (found === undefined || !(value > 0)) {
                return null;
            }
            const { at, version, limit } = found;
            return { uri: spelling(at.uri), version, range: { start: at.start, end: at.end }, newText: `${statement} ${written(limit.resource, value)}` };
        });
    },
};

interface PlacedLimit {
    readonly limit: Limit;
    readonly at: SourceRange;
    readonly version: number;
}

interface Slide {
    readonly statement: string;
    readonly resource: PictureResource | 'count';
    readonly value: number | undefined;
}

function slidesOf(element: Element): readonly Slide[] {
    switch (element.kind) {
        case 'vm':
            return [
                { statement: 'vcpus', resource: 'count', value: element.vcpus },
                { statement: 'memory', resource: 'memory', value: element.memory },
            ];
        case 'container':
        case 'pod':
        case 'slice':
            return [
                { statement: 'cpu limit', resource: 'cpu', value: element.cpuLimit },
                { statement: 'memory limit', resource: 'memory', value: element.memoryLimit },
            ];
        default:
            return [];
    }
}

/** A figure that is reckoned from others has no literal of its own to change. */
const literal = /^[a-z]+(?: limit)?\s+[\d._]+\s*[A-Za-z]*$/;

function limitsOf(path: string, { lowered, sources }: Understanding): readonly PlacedLimit[] {
    const id = elementId(declaredPath(path));
    const element = lowered.topology.elements.get(id);
    const statements = lowered.origins.elements.get(id)?.statements;
    return (element === undefined ? [] : slidesOf(element)).flatMap(({ statement, resource, value }) => {
        const at = statements?.get(statement);
        const source = sources.find(({ uri }) => uri === at?.uri);
        // Only the text of an open editor is changed.
        if (value === undefined || at === undefined || source === undefined || source.version === null) {
            return [];
        }
        const { textDocument } = source.document;
        const text = source.text.slice(textDocument.offsetAt(at.start), textDocument.offsetAt(at.end));
        return literal.test(text)
            ? [{ limit: { statement, resource, value, most: mostOf(resource, value), text: written(resource, value) }, at, version: source.version }]
            : [];
    });
}

/** Room for four times as much, in round numbers, so that a small correction stays a small movement. */
function mostOf(resource: Slide['resource'], value: number): number {
    return resource === 'count' ? Math.max(8, 2 ** Math.ceil(Math.log2(value * 4))) : 2 ** Math.ceil(Math.log2(value * 4));
}

function written(resource: Slide['resource'], value: number): string {
    switch (resource) {
        case 'memory':
            return writeMemory(value);
        case 'cpu':
            return coresText(Math.max(0.01, Number(value.toPrecision(2))));
        case 'count':
            return String(Math.max(1, Math.round(value)));
        default:
            return resource satisfies never;
    }
}
