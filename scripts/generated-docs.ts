/** The pages of documentation that are made from the code: the statements of the language, and the checks. */
import { type BodyKind, bodyNames, childKinds, type Shape, type StatementRule, statementRules } from '#language/statements.ts';
import { dimensionNames, usualUnits } from '#language/units.ts';
import { checkPage } from '#server/check-page.ts';
import { metricDimensions } from '#simulation/model/expectation.ts';

const note = '<!-- Made by `npm run generate`; edit the code it is made from. -->';

/** Every statement, by the body it stands in. */
export function languagePage(): string {
    const kinds = [...new Set(statementRules.flatMap((rule) => rule.in))];
    const bodies = kinds.map((kind) => [
        `## In ${bodyNames[kind]}`,
        '',
        ...childrenLine(kind),
        '| statement | value | without it | meaning |',
        '| --- | --- | --- | --- |',
        ...statementRules.filter((rule) => rule.in.includes(kind)).map(statementRow),
        '',
    ]);
    const metrics = Object.entries(metricDimensions).map(([metric, dimension]) => `| \`.${metric}\` | ${dimensionNames[dimension]} |`);
    const units = Object.entries(usualUnits).map(
        ([dimension, names]) => `| ${dimensionNames[dimension as keyof typeof dimensionNames]} | ${names.map((name) => `\`${name}\``).join(' ')} |`,
    );
    return [
        note,
        '# The language',
        '',
        'A `.strata` file describes machines from the ground up: hardware, hypervisors, virtual machines with their own kernels, container engines, containers, processes. Each thing stands inside the thing',
        'that carries it. One fact a statement; the order of statements never matters; `//`, `/* */` and `/** doc */` are comments. [The first topology](../README.md#a-first-topology) shows most of it.',
        '',
        '## Values',
        '',
        'A number and its unit stand on one line, with or without a space. A name stands for a value: `let db-memory = 8 GiB`. Where a value stands, an expression in parentheses may: `memory (db-memory * 2)`.',
        'Quantities are checked: `4 GiB + 2 cores` is an error. CPU may leave its unit out: `cpu 4`.',
        '',
        '| quantity | units |',
        '| --- | --- |',
        ...units,
        '',
        '## Names and replicas',
        '',
        'A path names an element: `rack1.kvm.db.docker.postgres`. Any part of it that keeps the order and ends at the element will do while it is unambiguous: `postgres`, `db.postgres`. `container web[3]` makes',
        '`web[1]` to `web[3]`; in a path, `web` means all of them, `web[2]` one, `web[1..2]` two. `template NAME for KIND { … }` and `extends NAME` share statements; the body that extends has the last word.',
        '`import "other.strata"` adds a file.',
        '',
        ...bodies.flat(),
        '## What `expect` can ask',
        '',
        '| metric of an element | is |',
        '| --- | --- |',
        ...metrics,
        '',
        'On a set of replicas a comparison must hold for every member; `sum(…)`, `mean(…)`, `min(…)`, `max(…)` and `count(…)` make one value of it. `boundary(a, b)` is the wall between two workloads:',
        '`process < namespace < sandbox < kernel < machine`.',
        '',
    ].join('\n');
}

/** Every finding code, with what it means and how to get rid of it. */
export const checksPage = (): string => `${note}\n${checkPage()}`;

function childrenLine(kind: BodyKind): readonly string[] {
    const children = childKinds[kind];
    return children === undefined || kind === 'file' ? [] : [`May hold: ${children.map((child) => `\`${child}\``).join(', ')}.`, ''];
}

function statementRow(rule: StatementRule): string {
    const without = rule.required === true ? '**required**' : (rule.default?.text ?? rule.otherwise ?? '');
    const key = rule.many === true ? `\`${rule.key}\` *` : `\`${rule.key}\``;
    return `| ${[key, shapeText(rule.shape), without, rule.meaning].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function shapeText(shape: Shape): string {
    switch (shape.kind) {
        case 'quantity':
            return shape.scale ?? dimensionNames[shape.dimension];
        case 'word':
            return shape.words.map((word) => `\`${word}\``).join(', ');
        case 'name':
            return 'a name';
        case 'text':
            return 'a text in quotes';
        case 'definition':
            return `the name of ${shape.of === 'runtime-type' ? 'a runtime' : `an ${shape.of}`}`;
        case 'path':
            return `a path to ${shape.kinds.join(', ')}`;
        case 'form':
            return `\`${shape.form}\``;
        default:
            return shape satisfies never;
    }
}
