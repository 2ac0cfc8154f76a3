/** An imported file must exist. */
import type { Import } from '../generated/ast.ts';
import type { Occurrence } from '../occurrences.ts';
import type { Report } from '../problems.ts';
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

export function checkImport(
    item: Import,
    document: StrataDocument,
    known: ReadonlySet<string>,
    report: Report,
    record: (occurrence: Occurrence) => void,
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
        report(importMissing, {
            at: quoted,
            message: `There is no file \`${file}\` beside this one. Correct the path, or create the file.`,
            facts: { file, uri },
        });
    }
}
