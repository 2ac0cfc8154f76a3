/** `strata simulate FILE`: who gets what, as a table, or as JSON in the shape of the result contract. */
import type { Scenario, Topology } from '#simulation/model/topology.ts';
import type { FileAnalysis } from '../analyse-files.ts';
import { type ResultReport, resultJson } from '../result-json.ts';
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
                    const [judged] = await judgeFiles([file], terminal.directory);
                    if (judged === undefined) {
                        throw new CannotWork(`${file}: nothing came of it`);
                    }
                    const report = reportOf(file, judged, options);
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
function refuseEndless({ file, result }: ResultReport): void {
    const count = result?.cost.elements ?? 0;
    if (count > mostRows) {
        const grouped = (value: number): string => value.toLocaleString('en');
        throw new CannotWork(
            `${file} has ${grouped(count)} elements, and --json writes a row for each, at most ${grouped(mostRows)}; --summary gives one for each declaration, --select a part`,
        );
    }
}

/** How long a file runs that has no scenario, or whose scenario has no duration, in seconds. */
const defaultDuration = 600;

function reportOf(file: string, { analysis, fileOf }: FileAnalysis, options: SimulateOptions): ResultReport {
    const scenario = chooseScenario(analysis.lowered.topology, options.scenario);
    return {
        file,
        fileOf,
        scenario: scenario?.name ?? 'default',
        duration: scenario?.duration ?? defaultDuration,
        findings: analysis.findings,
        expectations: analysis.lowered.origins.expectations,
        milliseconds: analysis.milliseconds,
        ...(analysis.result !== undefined && { result: analysis.result }),
    };
}

function chooseScenario({ scenarios }: Topology, name: string | undefined): Scenario | undefined {
    if (name === undefined) {
        return scenarios[0];
    }
    const chosen = scenarios.find((scenario) => scenario.name === name);
    if (chosen === undefined && !(name === 'default' && scenarios.length === 0)) {
        const known = scenarios.length === 0 ? 'the file has none' : `there are ${scenarios.map((scenario) => scenario.name).join(', ')}`;
        throw new CannotWork(`no scenario is called ${name}; ${known}`);
    }
    return chosen;
}
