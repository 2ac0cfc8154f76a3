/** Every quick fix. */
import { giftToContainer, hardenContainer, privilegedContainer } from './container-privileges.ts';
import type { Fix, FixInput, FixRule } from './fix.ts';
import { removeIgnore } from './ignore.ts';
import { hypervisorClass, nestedOff, osMissing } from './machine.ts';
import { mixedSensitivity } from './mixed-sensitivity.ts';
import { moveElsewhere } from './move.ts';
import { osFamily } from './os-family.ts';
import { replaceUnit, replaceWord } from './replace-word.ts';
import { allowOvercommit, fewerVcpus, raiseCpu, raiseMemory, raiseMemoryLimit } from './size.ts';
import { misplacedStatement, missingStatement, syntax } from './statements.ts';
import { vmToContainer } from './vm-to-container.ts';

export const fixRules: readonly FixRule[] = [
    replaceWord,
    replaceUnit,
    missingStatement,
    misplacedStatement,
    syntax,
    raiseMemoryLimit,
    raiseMemory,
    raiseCpu,
    moveElsewhere,
    allowOvercommit,
    fewerVcpus,
    osFamily,
    mixedSensitivity,
    vmToContainer,
    hypervisorClass,
    osMissing,
    nestedOff,
    privilegedContainer,
    giftToContainer,
    hardenContainer,
    removeIgnore,
];

export function fixesFor(input: FixInput): readonly Fix[] {
    return fixRules.filter(({ codes }) => codes.includes(input.finding.code)).flatMap((rule) => [...rule.fixes(input)]);
}
