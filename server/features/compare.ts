/** Compares the ways to run an element: a code action on its name, and the command behind it, which answers with Markdown. */
import { type CodeAction, CodeActionKind, type Position } from 'vscode-languageserver';
import type { ElementId } from '#simulation/model/ids.ts';
import { elementId } from '#simulation/model/ids.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { compareSelection } from '../comparison/compare-selection.ts';
import { comparisonMarkdown } from '../comparison/comparison-text.ts';
import { namesAt } from '../cursor.ts';
import { compareCommand } from '../protocol.ts';
import { lastStep } from '../short-path.ts';
import { canonicalUri } from '../sources.ts';
import type { Understanding } from '../understanding.ts';
import type { Feature } from './feature.ts';

export const compare: Feature = {
    name: 'compare',
    capabilities: { executeCommandProvider: { commands: [compareCommand] } },
    register: ({ onRequest, workspace }) => {
        onRequest(
            'workspace/executeCommand',
            ({ command, arguments: given }: { readonly command: string; readonly arguments?: readonly unknown[] }): string | null => {
                const [uri, element] = given ?? [];
                if (command !== compareCommand || typeof uri !== 'string' || typeof element !== 'string') {
                    return null;
                }
                const understanding = workspace.current(canonicalUri(uri));
                if (understanding?.lowered.topology.elements.has(elementId(element)) !== true) {
                    return null;
                }
                // Without ranges all replicas are meant.
                return comparisonMarkdown(compareSelection(understanding, workspace.services, [{ element: elementId(element), ranges: [] }]));
            },
        );
    },
};

/** On the name of an element that is a workload or carries one. */
export function compareActions(understanding: Understanding | undefined, uri: string, position: Position): readonly CodeAction[] {
    const names = understanding === undefined ? [] : namesAt({ uri, position }, understanding);
    const element = names.find(({ target }) => target.kind === 'element')?.target.name;
    if (understanding === undefined || element === undefined || !carriesWorkload(understanding.lowered.topology, elementId(element))) {
        return [];
    }
    const title = `Compare ways to run ${lastStep(element)}`;
    return [{ title, kind: CodeActionKind.Refactor, command: { title, command: compareCommand, arguments: [uri, element] } }];
}

function carriesWorkload({ elements }: Topology, id: ElementId): boolean {
    for (const element of elements.values()) {
        const isWithin = element.id === id || element.id.startsWith(`${id}.`);
        if (isWithin && (element.kind === 'container' || element.kind === 'process')) {
            return true;
        }
    }
    return false;
}
