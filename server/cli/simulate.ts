/** `strata simulate FILE`: who gets what, as a table, or as JSON in the shape of the result contract. */
import type { Scenario, Topology } from '#simulation/model/topology.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { defaultScenario } from '#simulation/timeline/default-scenario.ts';
import type { FileAnalysis } from '../analyse-files.ts';
import { createDirectSimulator } from '../direct-simulator.ts';
import { timelineSize } from '../json/timeline.ts';
import { type ResultReport, resultJson, runOf } from '../result-json.ts';
import { CannotWork } from './cannot-work.ts';
import type { CliCommand } from './command.ts';
import { judgeFiles, verdict } from './judge.ts';
import { resultTable } from './result-table.ts';
import { selectElement } from './select-element.ts';

interface SimulateOptions {
    readonly json?: true;
    readonly summary?: true;
    readonly pairs?: true;
    readonly select?: string;
    readonly scenario?: string;
}

export const simulate: CliCommand = {
    name: 'simulate',
    register: (program, run) => {
        program
            .command('simulate')
            .description('compute who gets what; exit code 1 on errors or failed expectations')
            .argument('<file>', 'file to simulate')
            .option('--json', 'print the whole result as JSON')
            .option('--summary', 'with --json: one row for each declared element, and counts in place of long lists')
            .option('--pairs', 'with --json: the wall between every pair of workloads, replicas one by one')
            .option('--select <path>', 'only the subtree of this element')
            .option('--scenario <name>', 'the scenario to run (default: the first)')
            .action(
                run(async (terminal, file: string, options: SimulateOptions) => {
                    const [all] = await judgeFiles([file], terminal.directory, { simulator: createDirectSimulator({ defaultRun: true }) });
                    if (all === undefined) {
                        throw new CannotWork(`${file}: nothing came of it`);
                    }
                    const scenario = chooseScenario(all.analysis.lowered.topology, options.scenario);
                    const judged = ofScenario(all, scenario);
                    const report = reportOf(file, judged, scenario);
                    const select =
                        options.select === undefined ? {} : { select: selectElement(judged.analysis.lowered.topology, judged.analysis.result, options.select) };
                    const detail = options.summary === true ? 'summary' : 'full';
                    const pairs = options.pairs === true ? 'all' : 'weakest';
                    if (options.json === true && detail === 'full' && options.select === undefined) {
                        refuseEndless(report);
                    }
                    await terminal.write(options.json === true ? resultJson(report, { detail, pairs, ...select }) : resultTable(report, select));
                    return verdict([judged], 'lenient');
                }),
            );
    },
};

/** About 6 GB of JSON; ten times what a large estate has. */
const mostRows = 10_000_000;

/** The core counts replicas at no cost, but their rows are written one by one. */
function refuseEndless(report: ResultReport): void {
    const { file, result, scenario } = report;
    const run = runOf(report);
    const elements = result?.cost.elements ?? 0;
    const happened =
        result === undefined || run === undefined || elements > mostRows
            ? 0
            : timelineSize({ index: indexTopology(result.topology), run, scenario }, mostPoints);
    const grouped = (value: number): string => value.toLocaleString('en');
    const remedy = '--summary gives one for each declaration, --select a part';
    if (elements > mostRows) {
        throw new CannotWork(`${file} has ${grouped(elements)} elements, and --json writes a row for each, at most ${grouped(mostRows)}; ${remedy}`);
    }
    if (happened > mostPoints) {
        throw new CannotWork(
            `${file}: in ${scenario.name} more than ${grouped(mostPoints)} events, phases and changes happen, and --json writes each; ${remedy}`,
        );
    }
}

/** About 3 GB of JSON: most rows of a timeline are a time and a number. */
const mostPoints = 100_000_000;

function reportOf(file: string, { analysis, fileOf }: FileAnalysis, scenario: Scenario): ResultReport {
    return {
        file,
        fileOf,
        scenario,
        findings: analysis.findings,
        origins: analysis.lowered.origins,
        milliseconds: analysis.milliseconds,
        ...(analysis.result !== undefined && { result: analysis.result }),
    };
}

/** What is found of the steady state and of one scenario. */
function ofScenario(judged: FileAnalysis, { name }: Scenario): FileAnalysis {
    const { result, findings } = judged.analysis;
    return {
        ...judged,
        analysis: {
            ...judged.analysis,
            findings: findings.filter(({ scenario }) => scenario === undefined || scenario === name),
            ...(result && { result: { ...result, runs: result.runs.filter(({ scenario }) => scenario === name) } }),
        },
    };
}

function chooseScenario({ scenarios }: Topology, name: string | undefined): Scenario {
    const [first = defaultScenario] = scenarios;
    const chosen = name === undefined || name === first.name ? first : scenarios.find((scenario) => scenario.name === name);
    if (chosen === undefined) {
        const known = scenarios.length === 0 ? 'the file has none' : `there are ${scenarios.map((scenario) => scenario.name).join(', ')}`;
        throw new CannotWork(`no scenario is called ${name}; ${known}`);
    }
    return chosen;
}
