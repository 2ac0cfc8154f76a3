/** `strata compare FILE PATH…`: the same workloads on bare hosts, in VMs, in containers, in sandboxes and in micro-VMs. */
import { compareSelection } from '../comparison/compare-selection.ts';
import { comparisonText } from '../comparison/comparison-text.ts';
import { comparisonJson } from '../json/comparison-json.ts';
import { CannotWork } from './cannot-work.ts';
import type { CliCommand } from './command.ts';
import { judgeFiles, verdict } from './judge.ts';
import { selectInstances, writtenPath } from './select-instances.ts';

export const compare: CliCommand = {
    name: 'compare',
    register: (program, run) => {
        program
            .command('compare')
            .description('what the same workloads cost as bare hosts, VMs, containers, sandboxes and micro-VMs')
            .argument('<file>', 'file that describes them')
            .argument('<paths...>', 'what to compare: containers, processes, or whatever holds some')
            .option('--json', 'print the comparison as JSON')
            .action(
                run(async (terminal, file: string, paths: readonly string[], { json }: { readonly json?: true }) => {
                    const [judged] = await judgeFiles([file], terminal.directory);
                    if (judged === undefined) {
                        throw new CannotWork(`${file}: nothing came of it`);
                    }
                    const { analysis, services } = judged;
                    const topology = analysis.result?.topology ?? analysis.lowered.topology;
                    const selection = paths.map((path) => selectInstances(topology, path));
                    const compared = compareSelection(analysis, services, selection);
                    if (compared.comparison.workloads.length === 0) {
                        throw new CannotWork(
                            `nothing to compare: ${paths.join(' and ')} ${paths.length === 1 ? 'holds' : 'hold'} neither a container nor a process`,
                        );
                    }
                    const selected = selection.map((set) => writtenPath(topology, set));
                    await terminal.write(json === true ? comparisonJson({ file, selection: selected, ...compared }) : comparisonText(compared));
                    return verdict([judged], 'lenient');
                }),
            );
    },
};
