/** What has no size by its own word should get one. */
import { isLabelStatement } from '../generated/ast.ts';
import type { Declaration } from '../lowering/declarations.ts';
import type { Check } from './check.ts';

export const sizeUnknown: Check = {
    code: 'size-unknown',
    severity: 'hint',
    title: 'What has no size by its own word should get one',
    explanation:
        'A Compose file does not say what it runs on, and a list of VMs not always how large their disks are. `label size "unknown"` says so in the text: what a host, a VM or a disk then lacks is no error, bounds nothing, and counts as unknown in every result. Give the size once you know it, and take the label out.',
    facts: { key: 'the missing statement', insert: 'a line to put in' },
};

/** Whether an element says that nobody knows its size. */
export const saysSizeUnknown = ({ statements }: Declaration): boolean =>
    statements.get('label')?.some((item) => isLabelStatement(item) && item.key === 'size' && item.value === 'unknown') === true;
