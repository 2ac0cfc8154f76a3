/** Reads texts: `\"` and `\\` are the only escapes, so that Windows paths may be written as they are. */
import { type CstNode, DefaultValueConverter, type GrammarAST, type ValueType } from 'langium';

export class StrataValueConverter extends DefaultValueConverter {
    protected override runConverter(rule: GrammarAST.AbstractRule, input: string, node: CstNode): ValueType {
        return rule.name === 'STRING' ? readText(input) : input === '' ? super.runConverter(rule, input, node) : input;
    }
}

function readText(image: string): string {
    const closed = image.length > 1 && image.endsWith('"');
    return image.slice(1, closed ? -1 : undefined).replace(/\\(["\\])/g, '$1');
}
