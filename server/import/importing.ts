/** Imports for the editor what it names on this machine's disk; no feature of a server that has none. */
import { dirname } from 'node:path';
import { URI } from 'vscode-uri';
import { importerNamed, importers } from '#language/import/importers.ts';
import { thisMachine } from '#language/import/this-machine/this-machine.ts';
import type { Feature } from '../features/feature.ts';
import { type ImportAnswer, type ImportFormatsAnswer, type ImportParams, importFormatsRequest, importRequest } from '../protocol.ts';
import { importFiles } from './import-files.ts';
import { importTransfer, transferReports } from './transfer-report.ts';

export const importing: Feature = {
    name: 'importing',
    register: ({ onRequest }) => {
        onRequest(
            importFormatsRequest,
            (): ImportFormatsAnswer => importers.map((importer) => ({ name: importer.name, title: importer.title, needsFiles: importer !== thisMachine })),
        );
        onRequest(importRequest, ({ format, uris }: ImportParams): ImportAnswer => {
            const importer = importerNamed(format);
            const names = uris.flatMap((uri) => pathOnDisk(uri));
            const [first] = names;
            if (importer === undefined || (first === undefined && importer !== thisMachine) || names.length < uris.length) {
                return {
                    report: [importer === undefined ? `There is no format ${format}.` : 'Only files on the disk of the language server can be imported.'],
                };
            }
            // Variables of whoever started the editor are nobody's who sees the text.
            const outcome = importFiles(importer, { names, directory: dirname(first ?? ''), variables: {} });
            return outcome.kind === 'unusable'
                ? { report: [`${outcome.name}: ${outcome.because}`] }
                : { ...(outcome.kind === 'imported' && { text: outcome.text }), report: transferReports.text(importTransfer(importer.name, outcome)) };
        });
    },
};

function pathOnDisk(uri: string): readonly string[] {
    const { scheme, fsPath } = URI.parse(uri);
    return scheme === 'file' ? [fsPath] : [];
}
