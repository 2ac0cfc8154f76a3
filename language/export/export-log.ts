/** Collects what an export does not say as the topology does, at the statements that say it. */
import type { Element } from '#simulation/model/topology.ts';
import { ImportLog, type Located, type ReportEntry, type ReportReason } from '../import/import-log.ts';
import type { ExportInput } from './exporter.ts';

export class ExportLog {
    private readonly log = new ImportLog();
    private readonly input: ExportInput;

    constructor(input: ExportInput) {
        this.input = input;
    }

    /** `statement` by its key as written, `memory limit`; the element itself where it is left out or stands nowhere. */
    note({ id }: Element, statement: string | undefined, why: ReportReason, what: string, remedy: string): void {
        const { origins, fileOf } = this.input;
        const origin = origins.elements.get(id);
        const range = (statement === undefined ? undefined : origin?.statements.get(statement)) ?? origin?.name;
        const at =
            range === undefined ? { file: '', line: 1, column: 1 } : { file: fileOf(range.uri), line: range.start.line + 1, column: range.start.character + 1 };
        const located: Located = { at, path: statement === undefined ? id : `${id} ${statement}` };
        this.log.note(located, why, what, remedy);
    }

    get report(): readonly ReportEntry[] {
        return this.log.report;
    }
}
