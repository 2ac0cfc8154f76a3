/** Out of a virtual machine by a flaw of its hypervisor. */
import { at, none } from '../../../model/columns.ts';
import { outerKernel } from '../../common-ground.ts';
import { nameOf } from '../../element-names.ts';
import type { EdgeRule } from '../edge.ts';

export const guestEscape: EdgeRule = {
    code: 'guest-escape',
    title: 'Who breaks out of a virtual machine controls what carries it',
    explanation:
        "The guest's root talks to the hypervisor and its device models; a flaw there, as CVE-2015-3456 (VENOM, QEMU's floppy controller), or of the CPU, as CVE-2018-3646 (L1TF), leads to the machine below and all its guests. " +
        "A container under Kata and an engine's own virtual machine count as guests. What confines the monitor on its host (sVirt, a seccomp filter around QEMU) is not modelled: the wall is `kernel` with and without.",
    layers: ['hypervisor'],
    rules: {},
    source: 'CVE-2015-3456, CVE-2018-3646; NIST SP 800-125A',
    edges({ index, number }) {
        const kernel = at(index.kernel, number) === number ? outerKernel(index, number) : none;
        if (kernel === none) return [];
        const via = () => `break out of virtual machine ${nameOf(index, number)}`;
        const because = () => `${nameOf(index, number)} has a kernel of its own; a hypervisor stands between it and ${nameOf(index, kernel)}`;
        return [{ rule: guestEscape, from: number, to: { kind: 'root', kernel }, needs: 'kernel', via, because }];
    },
};
