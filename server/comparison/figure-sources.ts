/** Where the figures of a comparison come from: the statements of the definitions it rests on, with what their doc comments say of source and valid range. */
import { type Item, isImageItem, isOsItem, isTypeDefinition } from '#language/generated/ast.ts';
import { statementKey } from '#language/lowering/statement-keys.ts';
import { typeKind } from '#language/names/symbols.ts';
import type { SourceRange } from '#language/origins.ts';
import type { StrataDocument } from '#language/services.ts';
import { rangeOf } from '#language/syntax/ranges.ts';
import type { UsedDefinition } from '#simulation/comparison/comparison.ts';
import { docCommentBefore } from '../explain/doc-comment.ts';

export interface FigureSource {
    /** As in `runtime gvisor: memory per-container 19.6 MB`. */
    readonly figure: string;
    /** As the definition's comment has it, on one line. */
    readonly source: string;
    /** Where the figure is written. */
    readonly at: SourceRange;
}

/** The statements whose values the rows of a comparison are made of. */
const compared: ReadonlySet<string> = new Set([
    'own-memory',
    'memory',
    'memory-table',
    'memory per-container',
    'disk',
    'cpu',
    'boot',
    'boot-work',
    'start',
    'start-work',
]);
/** A vendor's table is named by its first figures. */
const longestFigure = 60;

/** The user's definition before the catalog's; statements without a comment are left out. */
export function figureSources(uses: readonly UsedDefinition[], documents: readonly StrataDocument[]): readonly FigureSource[] {
    return uses.flatMap(({ kind, name }) => {
        for (const document of documents) {
            const node = document.parseResult.value.items.find((item) => definitionKind(item) === kind && 'name' in item && item.name === name);
            if (node !== undefined && 'body' in node) {
                return sourcesIn(`${kind.replace('-type', '')} ${name}`, node.body?.items ?? [], document.textDocument.getText());
            }
        }
        return [];
    });
}

function definitionKind(item: Item): UsedDefinition['kind'] | undefined {
    if (isOsItem(item) && item.body !== undefined) {
        return 'os';
    }
    return isTypeDefinition(item) ? typeKind(item) : undefined;
}

function sourcesIn(definition: string, items: readonly Item[], text: string): readonly FigureSource[] {
    return items.flatMap((item) => {
        const key = isImageItem(item) ? undefined : statementKey(item);
        const node = item.$cstNode;
        const comment = node === undefined ? undefined : docCommentBefore(text, node.offset);
        if (key === undefined || node === undefined || comment === undefined || !compared.has(key)) {
            return [];
        }
        const figure = oneLine(node.text);
        const shown = figure.length > longestFigure ? `${figure.slice(0, longestFigure).trimEnd()} …` : figure;
        return [{ figure: `${definition}: ${shown}`, source: oneLine(comment), at: rangeOf(item) }];
    });
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
