/** A container whose image needs another kernel goes into a VM with that operating system. */
import type { Fix, FixInput, FixRule } from './fix.ts';
import { guestFor, moveIntoVm } from './own-vm.ts';

export const osFamily: FixRule = {
    codes: ['os-family'],
    *fixes(input: FixInput): Generator<Fix> {
        const guest = guestFor(String(input.finding.facts['required']));
        const edits = guest && moveIntoVm(input, guest);
        if (guest !== undefined && edits !== undefined) {
            yield { title: `Put it in a ${guest.name} VM`, edits, isPreferred: true };
        }
    },
};
