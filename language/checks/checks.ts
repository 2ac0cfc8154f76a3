/** Every check of the language, in the order of the documentation. */

import { ambiguousPath } from './ambiguous-path.ts';
import type { Check } from './check.ts';
import { condition } from './condition.ts';
import { dimensionMismatch } from './dimension-mismatch.ts';
import { divisionByZero } from './division-by-zero.ts';
import { duplicateName } from './duplicate-name.ts';
import { duplicateStatement } from './duplicate-statement.ts';
import { importMissing } from './import-missing.ts';
import { letCycle } from './let-cycle.ts';
import { migrationNetwork } from './migration-network.ts';
import { migrationTarget } from './migration-target.ts';
import { misplacedStatement } from './misplaced-statement.ts';
import { missingStatement } from './missing-statement.ts';
import { missingValue } from './missing-value.ts';
import { nesting } from './nesting.ts';
import { numberRange } from './number-range.ts';
import { phaseLength } from './phase-length.ts';
import { repeatEndless } from './repeat-endless.ts';
import { replicaCount } from './replica-count.ts';
import { replicaIndex } from './replica-index.ts';
import { reservedName } from './reserved-name.ts';
import { sizeUnknown } from './size-unknown.ts';
import { stepAfterEnd } from './step-after-end.ts';
import { stepWithoutEffect } from './step-without-effect.ts';
import { syntax } from './syntax.ts';
import { templateCycle } from './template-cycle.ts';
import { tooManyElements } from './too-many-elements.ts';
import { unknownDefinition } from './unknown-definition.ts';
import { unknownName } from './unknown-name.ts';
import { unknownStatement } from './unknown-statement.ts';
import { unknownTemplate } from './unknown-template.ts';
import { unknownUnit } from './unknown-unit.ts';
import { valueNotAllowed } from './value-not-allowed.ts';
import { wrongKind } from './wrong-kind.ts';
import { wrongUnit } from './wrong-unit.ts';

export const languageChecks: readonly Check[] = [
    syntax,
    nesting,
    unknownUnit,
    wrongUnit,
    dimensionMismatch,
    divisionByZero,
    numberRange,
    letCycle,
    unknownName,
    ambiguousPath,
    duplicateName,
    duplicateStatement,
    misplacedStatement,
    unknownStatement,
    missingValue,
    missingStatement,
    sizeUnknown,
    valueNotAllowed,
    unknownTemplate,
    templateCycle,
    tooManyElements,
    replicaCount,
    replicaIndex,
    importMissing,
    reservedName,
    unknownDefinition,
    wrongKind,
    condition,
    phaseLength,
    repeatEndless,
    migrationTarget,
    migrationNetwork,
    stepAfterEnd,
    stepWithoutEffect,
];
