/** Says in plain words what the parser did not expect, and what would fix it. */
import { AbstractParserErrorMessageProvider } from 'langium';
import { listOr } from '../names/did-you-mean.ts';
import { statementRules } from '../statements.ts';

type Mismatch = Parameters<AbstractParserErrorMessageProvider['buildMismatchTokenMessage']>[0];
type NoAlternative = Parameters<AbstractParserErrorMessageProvider['buildNoViableAltMessage']>[0];
type Redundant = Parameters<AbstractParserErrorMessageProvider['buildNotAllInputParsedMessage']>[0];
type EarlyExit = Parameters<AbstractParserErrorMessageProvider['buildEarlyExitMessage']>[0];

export class StrataParserMessages extends AbstractParserErrorMessageProvider {
    override buildMismatchTokenMessage({ expected, actual, previous }: Mismatch): string {
        if (expected.name === '}' || expected.name === 'EOF') {
            return strayMessage(actual.image);
        }
        if (wantsName.has(expected.name)) {
            return `A name is missing${place(previous.image, actual.image)}. Names are letters, digits, \`_\` and \`-\`, as in \`web-1\`.`;
        }
        return `\`${expected.name}\` is missing${place(previous.image, actual.image)}. ${expected.name === 'by' ? 'Write a factor, as in `load web by 3`.' : 'Put it in.'}`;
    }

    override buildNoViableAltMessage({ actual, previous, ruleName }: NoAlternative): string {
        const image = actual[0]?.image ?? '';
        const wanted = wantedByRule[ruleName.replace('\u200B', '')];
        return wanted === undefined ? strayMessage(image) : `${wanted.what} is missing${place(previous.image, image)}. Write ${wanted.as}.`;
    }

    override buildNotAllInputParsedMessage({ firstRedundant }: Redundant): string {
        return strayMessage(firstRedundant.image);
    }

    override buildEarlyExitMessage({ actual, previous }: EarlyExit): string {
        return `Something is missing${place(previous.image, actual[0]?.image ?? '')}. Complete the statement.`;
    }
}

const wantsName = new Set(['ID', 'NAME', 'OPERAND']);

const value = { what: 'A value', as: 'one as in `4 GiB`, or the name of a let' };
const measure = { what: 'A metric or a value', as: 'one as in `web.cpu.throttled` or `15 %`' };
const comparison = { what: 'A comparison', as: 'one as in `rack1.memory.headroom >= 15 %`' };

const wantedByRule: Readonly<Record<string, { readonly what: string; readonly as: string }>> = {
    Value: value,
    Expression: value,
    Measure: measure,
    MeasureOperand: measure,
    Term: comparison,
    Comparison: comparison,
    Condition: comparison,
    Step: { what: 'A step', as: '`fail`, `recover`, `stop`, `start`, `breach`, `load`, `set` or `migrate`' },
    TypeDefinition: { what: 'What the type is of', as: '`type hypervisor`, `type engine` or `type runtime`' },
    Element: { what: 'A kind of element', as: 'one as in `vm`' },
};

const place = (previous: string, next: string): string =>
    `${previous === '' ? '' : ` after \`${previous}\``}${next === '' ? ' at the end of the file' : `, before \`${next}\``}`;

/** A token that begins no statement, where one should begin or the body should end. */
function strayMessage(image: string): string {
    if (image === '') {
        return 'The text ends too early. Complete the last statement.';
    }
    if (/^[-+*/]$/.test(image)) {
        return `\`${image}\` can't stand here. Where a value stands, an expression needs parentheses, as in \`memory (size + 2 GiB)\`.`;
    }
    if (image === ',') {
        return 'No comma stands between statements. Leave it out.';
    }
    if (/^\d/.test(image)) {
        return `\`${image}\` belongs to no statement. A value follows its key, as in \`memory 4 GiB\`.`;
    }
    const whole = [...new Set(statementRules.map((rule) => rule.key).filter((key) => key.endsWith(` ${image}`)))];
    return whole.length > 0
        ? `\`${image}\` begins no statement. Write ${listOr(whole)}.`
        : `\`${image}\` can't stand here. A statement begins with its key, as in \`memory 4 GiB\`.`;
}
