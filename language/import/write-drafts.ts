/** Writes drafts as a text of the language, as a person would have written it; the formatter lays it out. */
import { writeQuantity } from '../units.ts';
import type { Draft, DraftDefinition, DraftStatement, DraftValue } from './draft.ts';
import type { DraftNames } from './name-drafts.ts';

/** A leaf with so few statements stands on one line. */
const mostOnOneLine = 2;
const widestLine = 100;

export interface Drafts {
    readonly elements: readonly Draft[];
    readonly definitions?: readonly DraftDefinition[];
}

export function writeDrafts({ elements, definitions = [] }: Drafts, names: DraftNames, heading: readonly string[]): string {
    // Two elements may bring the same along.
    const first = new Map(definitions.map((definition) => [definition.head, definition]));
    const body = [
        ...[...first.values()].flatMap((definition) => ['', ...writeDefinition(definition, names)]),
        ...elements.flatMap((root) => ['', ...writeElement(root, names)]),
    ];
    return `${[...heading.map(comment), ...body].join('\n')}\n`;
}

const writeDefinition = ({ head, comments, statements }: DraftDefinition, names: DraftNames): readonly string[] => [
    ...comments.map((line) => `/** ${oneLine(line)} */`),
    `${head} { ${statements.map((statement) => writeStatement(statement, names)).join('  ')} }`,
];

/** Lines without indentation, which is the formatter's. */
function writeElement(draft: Draft, names: DraftNames): readonly string[] {
    const head = headOf(draft, names);
    const above = (draft.comments ?? []).map(comment);
    const statements = draft.statements.map((statement) => writeStatement(statement, names));
    const single = `${head} { ${statements.join('  ')} }`;
    if (draft.children.length === 0 && (statements.length === 0 || isShort(draft, single))) {
        return [...above, statements.length === 0 ? `${head} {}` : single];
    }
    const children = draft.children.flatMap((child, index) => [
        // Elements of several lines stand apart, one-liners together.
        ...((index > 0 || statements.length > 0) && standsApart(child, draft.children[index - 1]) ? [''] : []),
        ...writeElement(child, names),
    ]);
    return [...above, `${head} {`, ...statements, ...children, '}'];
}

function headOf(draft: Draft, names: DraftNames): string {
    const name = names.nameOf(draft);
    const called = draft.type === undefined ? name : name === draft.type ? draft.type : `${draft.type} as ${name}`;
    return `${draft.kind} ${called}${draft.replicas === undefined ? '' : `[${draft.replicas}]`}`;
}

function isShort({ statements }: Draft, line: string): boolean {
    return statements.length <= mostOnOneLine && line.length <= widestLine && statements.every((statement) => statement.comment === undefined);
}

const isPlain = ({ children, comments, statements }: Draft): boolean => children.length === 0 && comments === undefined && statements.length <= mostOnOneLine;
const standsApart = (draft: Draft, previous: Draft | undefined): boolean => previous === undefined || !isPlain(draft) || !isPlain(previous);

function writeStatement({ key, values, comment: why }: DraftStatement, names: DraftNames): string {
    const written = [key, ...values.map((value) => writeValue(value, names))].join(' ');
    return why === undefined ? written : `${written}  ${comment(why)}`;
}

function writeValue(value: DraftValue, names: DraftNames): string {
    switch (value.kind) {
        case 'quantity':
            return value.dimension === 'cpu' && Number.isInteger(value.value * 1000) ? coresAsPeopleWrite(value.value) : writeQuantity(value);
        case 'word':
            return value.word;
        case 'text':
            return `"${oneLine(value.text).replace(/["\\](?=["\\]|$)|"/g, '\\$&')}"`;
        case 'reference':
            return names.pathTo(value.to) ?? value.to;
        default:
            return value satisfies never;
    }
}

/** `0.5 cores`, where a scale would make it `500 mcores`. */
const coresAsPeopleWrite = (cores: number): string => `${cores} ${cores === 1 ? 'core' : 'cores'}`;

const comment = (line: string): string => `// ${oneLine(line)}`;

/** A text ends with its line, and control characters would reach a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const oneLine = (content: string): string => content.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trimEnd();
