/** Rename, in every file of the topology; refused where the new name would change what a path means. */

import {
    LSPErrorCodes,
    type PrepareRenameResult,
    type RenameParams,
    ResponseError,
    type TextDocumentEdit,
    type TextDocumentPositionParams,
    type WorkspaceEdit,
} from 'vscode-languageserver';
import { catalogScheme } from '#language/catalog.ts';
import type { Occurrence, TargetKind } from '#language/occurrences.ts';
import { append } from '#simulation/model/append.ts';
import { type Cursor, cursorOf, holds, namesAt, sameNamesAt } from '../cursor.ts';
import { whyRenameBreaks } from '../rename-check.ts';
import { lastStep } from '../short-path.ts';
import { isReadable } from '../sources.ts';
import type { Workspace } from '../workspace.ts';
import type { Feature, FeatureContext } from './feature.ts';

export const rename: Feature = {
    name: 'rename',
    capabilities: { renameProvider: { prepareProvider: true } },
    register: (context) => {
        const { onRequest, workspace } = context;
        onRequest('textDocument/prepareRename', (params: TextDocumentPositionParams): PrepareRenameResult | null => {
            const cursor = cursorOf(params);
            const here = renamable(cursor, workspace).find(({ at }) => at.uri === cursor.uri && holds(at, cursor.position));
            return here === undefined ? null : { range: { start: here.at.start, end: here.at.end }, placeholder: textOf(here, workspace) };
        });
        onRequest('textDocument/rename', ({ newName, ...params }: RenameParams): WorkspaceEdit | ResponseError | null => {
            const cursor = cursorOf(params);
            const found = renamable(cursor, workspace);
            if (found.length === 0) {
                return null;
            }
            const refusal = whyNot(newName, found, workspace);
            return refusal === undefined ? { documentChanges: edits(found, newName, context) } : new ResponseError(LSPErrorCodes.RequestFailed, refusal);
        });
    },
};

/** Names of one's own: not the catalog's, not file names, and not an element that is called after its type. */
function renamable(cursor: Cursor, workspace: Workspace): readonly Occurrence[] {
    const understandings = workspace.allCurrent(cursor.uri);
    const kinds = new Set(understandings.flatMap((understanding) => namesAt(cursor, understanding).map(({ target }) => target.kind)));
    if (kinds.size === 0 || [...kinds].some((kind) => !renamableKinds.has(kind))) {
        return [];
    }
    const found = sameNamesAt(cursor, workspace);
    const isFixed = found.some(({ at, target }) => at.uri.startsWith(`${catalogScheme}:`) || !renamableKinds.has(target.kind));
    const isNamedByType = found.some(({ target }) => target.kind === 'element' && takesNameFromType(target.name, found, cursor, workspace));
    return isFixed || isNamedByType ? [] : found;
}

const renamableKinds: ReadonlySet<TargetKind> = new Set([
    'element',
    'phase',
    'let',
    'template',
    'scenario',
    'os',
    'image',
    'hypervisor-type',
    'engine-type',
    'runtime-type',
    'label',
]);

/** `hypervisor kvm` is called `kvm` because that is its type: another name takes `as`. */
function takesNameFromType(id: string, found: readonly Occurrence[], cursor: Cursor, workspace: Workspace): boolean {
    const topologies = workspace.allCurrent(cursor.uri).map(({ lowered }) => lowered.topology.elements);
    return topologies.some((elements) =>
        [...elements.values()].some(
            (element) =>
                element.id === id &&
                (element.kind === 'hypervisor' || element.kind === 'engine') &&
                element.type === lastStep(id) &&
                !found.some(({ role, at }) => role === 'definition' && wordBefore(at, workspace) === 'as'),
        ),
    );
}

function wordBefore({ uri, start }: Occurrence['at'], workspace: Workspace): string | undefined {
    const source = workspace.sources.get(uri);
    return isReadable(source) ? /([A-Za-z]+)\s+$/.exec(source.text.slice(0, source.document.textDocument.offsetAt(start)))?.[1] : undefined;
}

function whyNot(newName: string, found: readonly Occurrence[], workspace: Workspace): string | undefined {
    if (!/^[A-Za-z_]([A-Za-z0-9_-]*[A-Za-z0-9_])?$/.test(newName)) {
        return `\`${newName}\` is no name: names are letters, digits, \`_\` and \`-\`, begin with a letter or \`_\`, and do not end with \`-\`.`;
    }
    if (found.every((occurrence) => textOf(occurrence, workspace) === newName)) {
        return undefined;
    }
    const uris = new Set(found.map(({ at }) => at.uri));
    const affected = new Map([...uris].flatMap((uri) => workspace.allCurrent(uri)).map((understanding) => [understanding.root, understanding]));
    for (const understanding of affected.values()) {
        const reason = whyRenameBreaks(found, newName, understanding, workspace.services);
        if (reason !== undefined) {
            return reason;
        }
    }
    return undefined;
}

function edits(found: readonly Occurrence[], newText: string, { workspace, spelling }: FeatureContext): TextDocumentEdit[] {
    const byUri = new Map<string, Occurrence[]>();
    for (const occurrence of found) {
        append(byUri, occurrence.at.uri, occurrence);
    }
    return [...byUri].map(([uri, occurrences]) => {
        const source = workspace.sources.get(uri);
        return {
            textDocument: { uri: spelling(uri), version: isReadable(source) ? source.version : null },
            edits: occurrences.map(({ at: { start, end } }) => ({ range: { start, end }, newText })),
        };
    });
}

function textOf({ at }: Occurrence, workspace: Workspace): string {
    const source = workspace.sources.get(at.uri);
    return isReadable(source) ? source.document.textDocument.getText({ start: at.start, end: at.end }) : '';
}
