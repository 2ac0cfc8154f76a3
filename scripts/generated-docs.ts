/** The pages of documentation that are made from the code: the statements of the language, and the checks. */
import { catalogTexts } from '#language/generated/catalog.ts';
import { type BodyKind, bodyNames, childKinds, type Shape, type StatementRule, statementRules } from '#language/statements.ts';
import { dimensionNames, usualUnits } from '#language/units.ts';
import { checkPage } from '#server/check-page.ts';
import { type MetricName, metricDimensions } from '#simulation/model/expectation.ts';

const note = '<!-- Made by `npm run generate`; edit the code it is made from. -->';

/** Every statement, by the body it stands in. */
export function languagePage(): string {
    return [
        note,
        '# The language',
        '',
        'A `.strata` file describes machines from the ground up: hardware, hypervisors, virtual machines with their own kernels, container engines, containers, processes. Each thing stands inside the thing',
        'that carries it. One fact a statement; the order of statements never matters; `//`, `/* */` and `/** doc */` are comments. [The first topology](../README.md#a-first-topology) shows most of it.',
        '',
        ...values(),
        ...namesAndReplicas(),
        ...statements(),
        ...builtInNames(),
        ...scenarios(),
        ...expectations(),
    ].join('\n');
}

/** Every finding code, with what it means and how to get rid of it. */
export const checksPage = (): string => `${note}\n${checkPage()}`;

function values(): readonly string[] {
    const units = Object.entries(usualUnits).map(
        ([dimension, names]) => `| ${dimensionNames[dimension as keyof typeof dimensionNames]} | ${names.map((name) => `\`${name}\``).join(' ')} |`,
    );
    return [
        '## Values',
        '',
        'A number and its unit stand on one line, with or without a space. A name stands for a value: `let db-memory = 8 GiB`. Where a value stands, an expression in parentheses may: `memory (db-memory * 2)`.',
        'In it stand `+ - * /` (a minus between blanks, for `a-b` is a name), `min(…)` and `max(…)`. Quantities are checked: `4 GiB + 2 cores` is an error. CPU may leave its unit out, as in `cpu 4`, and so may',
        'nothing: `swap 0`. Only `oom-score-adj` takes a sign. A version stands in quotes: `os debian "12"`.',
        '',
        '| quantity | units |',
        '| --- | --- |',
        ...units,
        '',
    ];
}

function namesAndReplicas(): readonly string[] {
    return [
        '## Names and replicas',
        '',
        'A path names an element: `rack1.kvm.db.docker.postgres`. Any part of it that keeps the order and ends at the element will do while it is unambiguous: `postgres`, `db.postgres`. `container web[3]` makes',
        '`web[1]` to `web[3]`, and the number may be an expression; in a path, `web` means all of them, `web[2]` one, `web[1..2]` two. A hypervisor or an engine is named by its type; a second one beside it takes',
        'another name: `engine docker as ci`. Two elements of one parent can not share a name, and any word is a name, `memory` too.',
        '',
        '`template NAME for KIND { … }` and `extends NAME` share statements: the body that extends has the last word, and children of the same name become one. A body may be left out: `vm a extends small`.',
        '`import "other.strata"` adds a file, by its path from this one.',
        '',
    ];
}

function statements(): readonly string[] {
    const kinds = [...new Set(statementRules.flatMap((rule) => rule.in))];
    return kinds.flatMap((kind) => [
        `## In ${bodyNames[kind]}`,
        '',
        ...childrenLine(kind),
        '| statement | value | without it | meaning |',
        '| --- | --- | --- | --- |',
        ...statementRules.filter((rule) => rule.in.includes(kind)).map(statementRow),
        '',
    ]);
}

function builtInNames(): readonly string[] {
    return [
        '## Built-in names',
        '',
        'These are definitions in Strata too, each figure with its source: hover over a name, or go to its definition. One of your own takes the place of the built-in one as a whole, so say in it all that matters.',
        '',
        ...builtIn.map(
            ({ title, pattern }) =>
                `- ${title}: ${namesDefined(pattern)
                    .map((name) => `\`${name}\``)
                    .join(' ')}`,
        ),
        '',
        '```strata',
        '/** Ours: leaner than the built-in one. */',
        'os alpine { family linux  kernel "6.12"  memory 30 MiB  boot 500 ms  boot-work 80 core-ms }',
        'image shop { os linux  arch amd64  size 180 MB }',
        'type hypervisor bench { class native  memory 20 MiB per-vcpu 4 MiB per-memory 0.5 %  cpu 3 % }',
        '```',
        '',
    ];
}

function scenarios(): readonly string[] {
    return [
        '## Scenarios',
        '',
        'A scenario says what happens when, counted from the moment the hosts are switched on, and what is expected of it. `fail` is sudden, `stop` orderly; `load` multiplies the demand of all processes in an',
        'element, memory only where it says so; `set` changes any statement with a number; `migrate` moves a VM to the hypervisor of another host; `breach` asks what an attacker there could reach.',
        '',
        '```strata',
        'host rack1 { cpu 8  memory 16 GiB  nic eth0 { bandwidth 10 Gbit/s }  hypervisor xen { vm db { vcpus 2  memory 4 GiB  os debian  process server { cpu 1  memory 2 GiB } } } }',
        'host rack2 { cpu 8  memory 16 GiB  nic eth0 { bandwidth 10 Gbit/s }  hypervisor xen }',
        '',
        'scenario evening {',
        '  duration 30 min',
        '  at 5 min   load db by 2',
        '  at 6 min   load db by 1.5 memory',
        '  at 8 min   set db cpu limit 1.5 cores',
        '  at 10 min  migrate db to rack2',
        '  at 20 min  fail db',
        '  at 25 min  recover db',
        '  expect db.downtime < 6 min',
        '  expect at(5 min, db.cpu.granted) <= 2.1 and over-time-mean(db.cpu.granted) > 0',
        '}',
        '```',
        '',
    ];
}

function expectations(): readonly string[] {
    const metrics = metricNames.map((metric) => `| \`.${metric}\` | ${dimensionNames[metricDimensions[metric]]} | ${metricMeanings[metric]} |`);
    return [
        '## What `expect` can ask',
        '',
        'Two values are compared by `== != < <= > >=`; a comparison binds strongest, then `not`, then `and`, then `or`. Either side may compute: `sum(web.memory.used) + 1 GiB < rack1.memory.capacity`.',
        '',
        '| metric of an element | is | meaning |',
        '| --- | --- | --- |',
        ...metrics,
        '',
        'On a set of replicas a comparison must hold for every member; `sum(…)`, `mean(…)`, `min(…)`, `max(…)` and `count(…)` make one value of it. An element without such a value fails the expectation.',
        '',
        '`boundary(a, b)` is the wall between two workloads, in the weaker of the two directions: `process < namespace < sandbox < kernel < machine`. `reaches(a, b)`: whoever controls `a` controls `b` and need break',
        'nothing for it; `reaches(a, b, kernel)`: with every wall up to that one broken. `survives(1 host)`: after the loss of any one host there is room for each VM with `host-failure restart`.',
        '',
    ];
}

const metricNames = Object.keys(metricDimensions) as readonly MetricName[];

const metricMeanings: Readonly<Record<MetricName, string>> = {
    'cpu.capacity': 'What it has: of a VM its vCPUs.',
    'cpu.demand': 'What it would use if nobody held it back.',
    'cpu.granted': 'What it gets.',
    'cpu.throttled': 'Share of the demand lost to a limit, its own or that of something around it.',
    'cpu.contended': "Share of the demand lost to competitors: a VM's steal.",
    'cpu.unmet': 'Both.',
    'cpu.headroom': 'Share of the capacity that is not granted.',
    'cpu.overcommit': 'What is promised (vCPUs, reserves) over capacity.',
    'memory.capacity': 'What it has.',
    'memory.used': 'What it holds.',
    'memory.committed': 'What it may come to use: memory and overhead of VMs, limits of containers.',
    'memory.limit': 'What it may hold at most.',
    'memory.headroom': 'Share of the capacity that is not used.',
    'memory.overcommit': 'Committed over capacity.',
    'disk.used': 'What is stored.',
    'disk.headroom': 'Share of the disk that is free.',
    'io.granted': 'What it reads and writes a second.',
    'network.granted': 'What it receives and sends a second.',
    'ready-at': 'When it has booted, with nobody in its way.',
    'finished-at': 'When its last phase ended, in a scenario.',
    downtime: 'From failure to ready again, in a scenario.',
    'oom-kills': 'How often it was killed because memory ran out, in a scenario.',
    restarts: 'How often it was started again, in a scenario.',
};

const builtIn: readonly { readonly title: string; readonly pattern: RegExp }[] = [
    { title: 'operating systems', pattern: /^os (\S+) \{/gm },
    { title: 'hypervisors', pattern: /^type hypervisor (\S+) \{/gm },
    { title: 'engines', pattern: /^type engine (\S+) \{/gm },
    { title: 'runtimes', pattern: /^type runtime (\S+) \{/gm },
    { title: 'images', pattern: /^image (\S+) \{/gm },
];

const namesDefined = (pattern: RegExp): readonly string[] =>
    Object.values(catalogTexts).flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));

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
