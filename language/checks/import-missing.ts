/** An imported file must exist. */
import type { Import } from '../generated/ast.ts';
import type { LoweringContext } from '../lowering/context.ts';
import type { StrataDocument } from '../services.ts';
import { rangeOfProperty } from '../syntax/ranges.ts';
import { isStrataFile, resolveImport } from '../topology-sets.ts';
import type { Check } from './check.ts';

export const importMissing: Check = {
    code: 'import-missing',
    severity: 'error',
    title: 'An imported file must exist',
    explanation: 'The path is relative to the file that imports. Only Strata files can be imported: their names end in `.strata`.',
    facts: { file: 'as written', uri: 'where it was looked for' },
};

export interface ImportableFiles {
    readonly known: ReadonlySet<string>;
    /** Why a file that is there is not among the known. */
    readonly unreadable: ReadonlyMap<string, string>;
}

export function checkImport(
    item: Import,
    document: StrataDocument,
    { known, unreadable }: ImportableFiles,
    { report, record }: Pick<LoweringContext, 'report' | 'record'>,
): void {
    const { file } = item;
    if (file === undefined) {
        return;
    }
    const quoted = rangeOfProperty(item, 'file');
    if (file === '') {
        report(importMissing, { at: quoted, message: 'This names no file. Write its path, as in `import "hosts.strata"`.', facts: { file, uri: '' } });
        return;
    }
    const uri = resolveImport(document, file);
    if (!isStrataFile(file)) {
        report(importMissing, { at: quoted, message: `\`${file}\` is no Strata file. Name one that ends in \`.strata\`.`, facts: { file, uri } });
        return;
    }
    if (known.has(uri)) {
        const at = {
            ...quoted,
            start: { ...quoted.start, character: quoted.start.character + 1 },
            end: { ...quoted.end, character: quoted.end.character - 1 },
        };
        record({ target: { kind: 'file', name: uri }, role: 'reference', at });
    } else {
        const because = unreadable.get(uri);
        const message =
            because === undefined
                ? `There is no file \`${file}\` beside this one. Correct the path, or create the file.`
                : `\`${file}\` can't be read: ${because}.`;
        report(importMissing, { at: quoted, message, facts: { file, uri } });
    }
}
