/** The tool `import`: what stands in another format, as a text of the language, with what it does not carry over. */
import { EmptyFileSystem } from 'langium';
import * as z from 'zod';
import { type ImportedText, importText } from '#language/import/import-text.ts';
import { importerNamed, importers } from '#language/import/importers.ts';
import { createStrataServices } from '#language/services.ts';
import { CannotWork } from '../../cli/cannot-work.ts';
import { importFiles } from '../../import/import-files.ts';
import { firstRows, limitInput, mcpTool } from '../tool.ts';

const rowOutput = z.looseObject({ file: z.string(), line: z.number(), column: z.number() });

export const importTool = mcpTool({
    name: 'import',
    title: 'Import from another format',
    description:
        'Turns files of another format (such as a Compose project) into a Strata topology, and reports what it does not carry over. Nothing is written: the text is the answer. Variables of the environment are not looked at.',
    input: z.object({
        format: z.enum(importers.map(({ name }) => name)).describe('What the files are.'),
        files: z
            .array(z.string().min(1))
            .max(50)
            .optional()
            .describe('Files that make one project, or folders, each a project of its own. Either this or `text`.'),
        text: z.string().max(1_000_000).optional().describe('The content of a single file.'),
        limit: limitInput,
    }),
    output: z.object({
        text: z.string().optional().describe('The topology; absent where the files are refused.'),
        errors: z.array(rowOutput),
        report: z.array(rowOutput).describe('What the topology does not say as the source does.'),
        omitted: z.number(),
    }),
    work: async ({ format, files = [], text, limit }, room) => {
        const importer = importerNamed(format);
        if (importer === undefined || (files.length === 0) === (text === undefined)) {
            throw new CannotWork('give either "files" or "text"');
        }
        const refused = files.map((name) => ({ name, because: room.refuse(name) })).find(({ because }) => because !== undefined);
        if (refused !== undefined) {
            throw new CannotWork(`${refused.name}: ${refused.because}`);
        }
        const outcome = text === undefined ? importFiles(importer, { names: files, directory: room.directory, variables: {} }) : importInline(importer, text);
        if (outcome.kind === 'unusable') {
            throw new CannotWork(`${outcome.name}: ${outcome.because}`);
        }
        const errors = firstRows(outcome.kind === 'refused' ? outcome.errors : [], limit);
        const report = firstRows(outcome.kind === 'imported' ? outcome.report : [], limit);
        return {
            ...(outcome.kind === 'imported' && { text: outcome.text }),
            errors: errors.rows.map((row) => ({ ...row })),
            report: report.rows.map((row) => ({ ...row })),
            omitted: errors.omitted + report.omitted,
        };
    },
});

/** Each format knows its files by their names. */
const inlineNames = ['inline.yaml', 'inline.xml', 'inline.conf', 'inline.json', 'compose.yaml'];

/** A project of one file, in a folder where there is nothing else. */
function importInline(importer: (typeof importers)[number], text: string): ImportedText {
    const [name] = importer.filesOf(inlineNames);
    if (name === undefined) {
        throw new CannotWork(`${importer.title} is described by several files; give "files"`);
    }
    const project = {
        name: 'inline',
        files: [name],
        read: (path: string) =>
            path === name ? ({ kind: 'text', text } as const) : ({ kind: 'unreadable', because: 'only one text was sent; import the files instead' } as const),
        nameOf: (path: string) => path,
    };
    return importText(importer, { projects: [project], variables: new Map() }, createStrataServices(EmptyFileSystem));
}
