/** Says in plain words what the parser did not expect, and what would fix it. */
import { AbstractParserErrorMessageProvider } from 'langium';
import { listOr } from '../names/did-you-mean.ts';
import { statementRules } from '../statements.ts';

type Mismatch = Parameters<AbstractParserErrorMessageProvider['buildMismatchTokenMessage']>[0];
type NoAlternative = Parameters<AbstractParserErrorMessageProvider['buildNoViableAltMessage']>[0];
type Redundant = Parameters<AbstractParserErrorMessageProvider['buildNotAllInputParsedMessage']>[0];
type EarlyExit = Parameters<AbstractParserErrorMessageProvider['buildEarlyExitMessage']>[0];

export class StrataParserMessages extends AbstractParserErrorMessageProvider {
    override buildMismatchTokenMessage({ expected, actual, previous, ruleName }: Mismatch): string {
        if (expected.name === '}' || expected.name === 'EOF') {
            return strayMessage(actual.image);
        }
        if (wantsName.has(expected.name)) {
            const owner = previous.image === '' ? '' : ` after \`${previous.image}\``;
            return `A name is missing${owner}${found(actual.image)}. Names are letters, digits, \`_\` and \`-\`, as in \`web-1\`.`;
        }
        return `Expected ${ruleName.startsWith('Step') ? stepWord(expected.name) : `\`${expected.name}\``}${found(actual.image)}.`;
    }

    override buildNoViableAltMessage({ actual, previous, ruleName }: NoAlternative): string {
        const rule = ruleName.replace('\u200B', '');
        const wanted = wantedByRule[rule];
        const image = actual[0]?.image ?? '';
        if (wanted === undefined) {
            return strayMessage(image);
        }
        return `${wanted}${previous.image === '' ? '' : ` after \`${previous.image}\``}${found(image)}.`;
    }

    override buildNotAllInputParsedMessage({ firstRedundant }: Redundant): string {
        return strayMessage(firstRedundant.image);
    }

    override buildEarlyExitMessage({ actual, previous }: EarlyExit): string {
        return `Something is missing after \`${previous.image}\`${found(actual[0]?.image ?? '')}.`;
    }
}

const wantsName = new Set(['ID', 'NAME', 'OPERAND']);

const wantedByRule: Readonly<Record<string, string>> = {
    Value: 'A value is missing, as in `4 GiB`, `(2 * size)` or the name of a let,',
    Expression: 'A value is missing, as in `4 GiB` or the name of a let,',
    MeasureOperand: 'A metric or a value is missing, as in `web.cpu.throttled` or `15 %`,',
    Measure: 'A metric or a value is missing, as in `web.cpu.throttled` or `15 %`,',
    Term: 'A comparison is missing, as in `rack1.memory.headroom >= 15 %`,',
    Condition: 'A comparison is missing, as in `rack1.memory.headroom >= 15 %`,',
    Step: 'A step is missing: one of `fail`, `recover`, `stop`, `start`, `breach`, `load`, `set`, `migrate`,',
    TypeDefinition: 'A type is of a `hypervisor` or of an `engine`: one of the two is missing',
    CpuRange: 'CPU numbers are missing, as in `cpu set 0-3,6`,',
};

const stepWord = (name: string): string => name === 'by' ? '`by` and a factor, as in `load web by 3`,' : `\`${name}\``;
const found = (image: string): string => image === '' ? ' at the end of the file' : `, before \`${image}\``;

function strayMessage(image: string): string {
    if (/^[-+*/]$/.test(image)) {
        return `\`${image}\` can't stand here: where a value stands, an expression needs parentheses, as in \`memory (size + 2 GiB)\`.`;
    }
    const whole = statementRules.map(rule => rule.key).filter((key, index, all) => key.endsWith(` ${image}`) && all.indexOf(key) === index);
    if (whole.length > 0) {
        return `\`${image}\` begins no statement. Write ${listOr(whole)}.`;
    }
    if (/^\d/.test(image)) {
        return `\`${image}\` belongs to no statement. A value follows its key, as in \`memory 4 GiB\`.`;
    }
    return image === '' ? 'The text ends too early.' : `\`${image}\` can't stand here. A statement begins with its key, as in \`memory 4 GiB\`.`;
}
