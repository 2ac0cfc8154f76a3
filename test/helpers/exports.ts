/** Exports texts in tests: the one place that calls the exporters. */
import type { Exported } from '#language/export/exporter.ts';
import { exporterNamed } from '#language/export/exporters.ts';
import { elementId } from '#simulation/model/ids.ts';
import { lowerText } from './strata.ts';

export interface ExportedForTest {
    /** Empty where nothing fits. */
    readonly text: string;
    /** `line path why: what` of every entry. */
    readonly report: readonly string[];
    readonly exported: Exported;
}

export function exportText(format: string, strata: string, selected?: string): ExportedForTest {
    const exporter = exporterNamed(format);
    if (exporter === undefined) {
        throw new Error(`There is no exporter ${format}.`);
    }
    const { topology, origins } = lowerText(strata);
    const exported = exporter.write({ topology, origins, fileOf: () => 'a.strata', ...(selected !== undefined && { selected: elementId(selected) }) });
    return {
        exported,
        text: exported.kind === 'exported' ? exported.text : '',
        report: exported.kind === 'exported' ? exported.report.map(({ line, path, why, what }) => `${line} ${path} ${why}: ${what}`) : [],
    };
}
