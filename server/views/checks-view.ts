/** The Checks view: every expectation with the value that was found, every finding, worst first. */
import type { SourceRange } from '#language/origins.ts';
import type { Analysis } from '../analysis.ts';
import { fileExpectations } from '../features/expectations.ts';
import { tableDrawing } from '../picture/table-drawing.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import { type CheckRow, type ChecksContent, checkSigns, type ExpectationRow } from '../protocol.ts';
import { isReadable } from '../sources.ts';
import type { View } from './view.ts';

export const checksView: View<ChecksContent> = {
    name: 'checks',
    content: ({ analysis }) => ({ view: 'checks', rows: placedChecks(analysis).map(({ row }) => row) }),
    drawing: ({ rows }, width) =>
        tableDrawing(
            {
                title: rows.length === 0 ? 'No expectations and no findings' : `${rows.length} expectations and findings`,
                columns: ['found'],
                groups: [{ rows: rows.map(tableRow) }],
                notes: [],
            },
            width,
        ),
};

const tableRow = ({ state, title, value, scenario, message }: CheckRow) => ({
    label: `${checkSigns[state]} ${state}: ${title}`,
    cells: [{ text: [value, scenario && `in ${scenario}`, message].filter((part) => part !== undefined).join(' · ') }],
});

export interface PlacedCheck {
    readonly row: CheckRow;
    readonly at: SourceRange;
}

/** In the order of their weight, then of the text. Failed expectations are not repeated as findings. */
export function placedChecks(analysis: Analysis): readonly PlacedCheck[] {
    const found = [...expectationChecks(analysis), ...analysis.findings.filter(({ code }) => code !== 'expectation-failed').map(findingCheck)];
    const order = Object.keys(checkSigns);
    return numbered(found).sort((a, b) => order.indexOf(a.row.state) - order.indexOf(b.row.state));
}

function expectationChecks(analysis: Analysis): readonly PlacedCheck[] {
    return analysis.sources.flatMap((source) => {
        if (!isReadable(source)) {
            return [];
        }
        const { expectations, scenarios } = fileExpectations(source.document.parseResult.value.items, analysis);
        const check = (expectation: ExpectationRow, scenario?: string): PlacedCheck => expectationCheck(expectation, source.uri, scenario);
        return [...expectations.map((each) => check(each)), ...scenarios.flatMap(({ name, expectations: inside }) => inside.map((each) => check(each, name)))];
    });
}

function expectationCheck({ text, outcome, actual, because, range }: ExpectationRow, uri: string, scenario: string | undefined): PlacedCheck {
    return {
        row: {
            id: `expect ${scenario ?? ''} ${text}`,
            state: outcome,
            title: text,
            ...(actual === undefined ? {} : { value: actual }),
            ...(because === undefined ? {} : { message: because }),
            ...(scenario === undefined ? {} : { scenario }),
        },
        at: { uri, ...range },
    };
}

function findingCheck({ code, severity, message, subject, scenario, at }: PlacedFinding): PlacedCheck {
    return {
        row: {
            id: `${code} ${scenario ?? ''} ${subject ?? ''}`,
            state: severity,
            title: code,
            message,
            ...(scenario === undefined ? {} : { scenario }),
            ...(subject === undefined ? {} : { element: subject }),
        },
        at,
    };
}

/** Invariant: no two rows have one id, and a row keeps its own while rows of other ids come and go. */
function numbered(checks: readonly PlacedCheck[]): PlacedCheck[] {
    const times = new Map<string, number>();
    return checks.map(({ row, at }) => {
        const time = (times.get(row.id) ?? 0) + 1;
        times.set(row.id, time);
        return { row: time === 1 ? row : { ...row, id: `${row.id} #${time}` }, at };
    });
}
