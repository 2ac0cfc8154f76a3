/** Inlay hints: beside what an element is given in the text, what it gets and uses of it. */
import { type InlayHint, type InlayHintParams, MarkupKind, type Range } from 'vscode-languageserver';
import type { SourceRange } from '#language/origins.ts';
import { coresFigure, memoryFigure } from '#simulation/model/figures.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { ElementResult, Result } from '#simulation/model/result.ts';
import type { Element, ElementKind } from '#simulation/model/topology.ts';
import type { Analysis } from '../analysis.ts';
import { placeOf } from '../cursor.ts';
import { explainElement } from '../explain/element.ts';
import { type Links, linksInto } from '../explain/links.ts';
import { refreshWhenStale } from '../refresh.ts';
import { canonicalUri } from '../sources.ts';
import type { Feature } from './feature.ts';

export const inlayHints: Feature = {
    name: 'inlay-hints',
    capabilities: { inlayHintProvider: { resolveProvider: false } },
    register: (context) => {
        const { onRequest, workspace, settings } = context;
        onRequest('textDocument/inlayHint', async ({ textDocument, range }: InlayHintParams, token): Promise<readonly InlayHint[]> => {
            const uri = canonicalUri(textDocument.uri);
            const analysis = (await settings.read()).inlayHints ? await workspace.analysed(uri, token) : undefined;
            return analysis === undefined ? [] : hintsIn(uri, range, analysis, linksInto(analysis, context.spelling));
        });
        refreshWhenStale('inlayHint', context);
    },
};

/** A figure of the result behind a statement. */
interface HintRule {
    readonly kinds: readonly ElementKind[];
    readonly statement: string;
    readonly figure: (figures: ElementResult) => string | undefined;
}

const groups = ['slice', 'pod', 'container'] as const;
const granted = ({ cpu }: ElementResult): string | undefined => (cpu?.granted === undefined ? undefined : `${coresFigure(cpu.granted)} granted`);
const used = ({ memory }: ElementResult): string | undefined => (memory?.used === undefined ? undefined : `${memoryFigure(memory.used)} used`);

const rules: readonly HintRule[] = [
    { kinds: ['host'], statement: 'cpu', figure: granted },
    // The unit of vCPUs goes without saying.
    { kinds: ['vm'], statement: 'vcpus', figure: (figures) => granted(figures)?.replace(/ cores? /, ' ') },
    { kinds: ['vm', ...groups], statement: 'cpu limit', figure: granted },
    // A process that gets what it wants needs no saying so.
    { kinds: ['process'], statement: 'cpu', figure: (figures) => (figures.cpu?.bound?.by === 'demand' ? undefined : granted(figures)) },
    { kinds: ['host', 'vm'], statement: 'memory', figure: used },
    { kinds: groups, statement: 'memory limit', figure: used },
    { kinds: ['disk'], statement: 'size', figure: ({ disk }) => (disk?.used === undefined ? undefined : `${memoryFigure(disk.used)} used`) },
];

interface Place {
    readonly at: SourceRange;
    readonly elements: Element[];
    readonly words: Set<string>;
}

function hintsIn(uri: string, range: Range, { lowered, result }: Analysis, links: Links): readonly InlayHint[] {
    if (result === undefined) {
        return [];
    }
    const places = new Map<string, Place>();
    for (const [id, { statements }] of lowered.origins.elements) {
        const element = result.topology.elements.get(id);
        const figures = result.elements.get(id);
        for (const rule of element === undefined ? [] : rules.filter(({ kinds }) => kinds.includes(element.kind))) {
            const at = statements.get(rule.statement);
            const words = figures && rule.figure(figures);
            if (element !== undefined && words !== undefined && at?.uri === uri && at.start.line >= range.start.line && at.end.line <= range.end.line) {
                const key = placeOf(at);
                const place = places.get(key) ?? { at, elements: [], words: new Set() };
                places.set(key, place);
                place.elements.push(element);
                place.words.add(words);
            }
        }
    }
    return [...places.values()].map((place) => toHint(place, result, links));
}

/** A statement of a template is that of every element which came of it; where their figures differ, no one of them is the statement's. */
function toHint({ at, elements, words }: Place, result: Result, links: Links): InlayHint {
    const [first] = elements;
    const [only] = words;
    const isEach = elements.length > 1 || (first?.replicas ?? 1) > 1;
    const label = words.size > 1 ? `⟨differs among ${elements.length} elements⟩` : `⟨${only ?? ''}${isEach ? ' each' : ''}⟩`;
    return {
        position: at.end,
        label,
        paddingLeft: true,
        tooltip: {
            kind: MarkupKind.Markdown,
            value: listed(
                elements.map(({ id }) => id),
                result,
                links,
            ),
        },
    };
}

/** More explanations than these are no help. */
const mostExplained = 3;

function listed(ids: readonly ElementId[], result: Result, links: Links): string {
    return ids
        .slice(0, mostExplained)
        .map((id) => explainElement(id, result, links))
        .join('\n\n---\n\n');
}
