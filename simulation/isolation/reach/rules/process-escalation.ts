/** From a process outside containers to root, by a flaw of the kernel. */
import { at } from '../../../model/columns.ts';
import { nameOf } from '../../element-names.ts';
import type { EdgeRule } from '../edge.ts';

export const processEscalation: EdgeRule = {
    code: 'process-escalation',
    title: 'Who gets from a process into the kernel controls it',
    explanation:
        'A process outside containers is taken for an ordinary user of its machine. A flaw of the kernel, as CVE-2022-0847 (Dirty Pipe) or CVE-2017-5754 (Meltdown, which reads), makes it root. ' +
        'The wall counts as `namespace`, as a container on the same kernel has no better one against the same flaw.',
    layers: ['kernel'],
    rules: {},
    source: 'CVE-2022-0847, CVE-2017-5754; credentials(7)',
    edges({ index, number }) {
        if (index.elements[number]?.kind !== 'process' || at(index.container, number) >= 0) return [];
        const kernel = at(index.kernel, number);
        const via = () => `get from process ${nameOf(index, number)} into the kernel`;
        const because = () => `${nameOf(index, number)} runs on ${nameOf(index, kernel)}'s kernel, outside any container`;
        return [{ rule: processEscalation, from: number, to: { kind: 'root', kernel }, needs: 'namespace', via, because }];
    },
};
