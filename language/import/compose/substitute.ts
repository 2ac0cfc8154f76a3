/** Substitutes variables in a text as Compose does: `$NAME`, `${NAME:-default}`, `${NAME:?why}`, `${NAME:+other}`, nested, and `$$` for a dollar. */

export type Substituted =
    | { readonly kind: 'text'; readonly text: string; readonly unset: readonly string[] }
    | { readonly kind: 'wrong'; readonly reason: string; readonly remedy: string };

/** Deeper than anyone nests defaults. */
const deepest = 20;

class Wrong {
    readonly reason: string;
    readonly remedy: string;
    constructor(reason: string, remedy: string) {
        this.reason = reason;
        this.remedy = remedy;
    }
}

export function substitute(template: string, variables: ReadonlyMap<string, string>): Substituted {
    const unset: string[] = [];
    const result = expand(template, variables, unset, 0);
    return result instanceof Wrong ? { kind: 'wrong', reason: result.reason, remedy: result.remedy } : { kind: 'text', text: result, unset };
}

function expand(template: string, variables: ReadonlyMap<string, string>, unset: string[], depth: number): string | Wrong {
    let text = '';
    let offset = 0;
    while (offset < template.length) {
        const dollar = template.indexOf('$', offset);
        if (dollar < 0) {
            break;
        }
        text += template.slice(offset, dollar);
        const rest = template.slice(dollar + 1, dollar + 2);
        const name = nameAt(template, dollar + 1);
        if (rest === '$') {
            text += '$';
            offset = dollar + 2;
        } else if (name !== '') {
            text += valueOfVariable(name, variables, unset);
            offset = dollar + 1 + name.length;
        } else {
            const end = rest === '{' && depth < deepest ? closingBrace(template, dollar + 2) : -1;
            if (end < 0) {
                return invalid(template);
            }
            const value = braced(template.slice(dollar + 2, end), variables, unset, depth);
            if (value instanceof Wrong) {
                return value;
            }
            text += value;
            offset = end + 1;
        }
    }
    return text + template.slice(offset);
}

/** What stands between braces: a name, and what to do where it is not set, or (`:`) empty. */
function braced(content: string, variables: ReadonlyMap<string, string>, unset: string[], depth: number): string | Wrong {
    const name = nameAt(content, 0);
    const [, colon, operator, word = ''] = /^(:?)([-?+])([\s\S]*)$/.exec(content.slice(name.length)) ?? [];
    if (name === '' || (operator === undefined && content.length > name.length)) {
        return invalid(`\${${content}}`);
    }
    const value = variables.get(name);
    const isThere = value !== undefined && (colon !== ':' || value !== '');
    switch (operator) {
        case '-':
            return isThere ? value : expand(word, variables, unset, depth + 1);
        case '+':
            return isThere ? expand(word, variables, unset, depth + 1) : '';
        case '?': {
            const why = isThere ? '' : expand(word, variables, [], depth + 1);
            return isThere
                ? value
                : new Wrong(
                      `The variable ${name} must have a value${typeof why === 'string' && why !== '' ? `: ${why}` : ''}`,
                      `Set ${name} in the environment or in .env.`,
                  );
        }
        default:
            return valueOfVariable(name, variables, unset);
    }
}

function valueOfVariable(name: string, variables: ReadonlyMap<string, string>, unset: string[]): string {
    const value = variables.get(name);
    if (value === undefined) {
        unset.push(name);
    }
    return value ?? '';
}

const nameAt = (text: string, offset: number): string => /^[A-Za-z_][A-Za-z0-9_]*/.exec(text.slice(offset, offset + 256))?.[0] ?? '';

/** The brace that closes what was opened just before `offset`; -1 where none does. */
function closingBrace(text: string, offset: number): number {
    let open = 1;
    for (let index = offset; index < text.length; index++) {
        if (text.startsWith('${', index)) {
            open += 1;
        } else if (text[index] === '}') {
            open -= 1;
            if (open === 0) {
                return index;
            }
        }
    }
    return -1;
}

const invalid = (template: string): Wrong =>
    new Wrong(
        `${JSON.stringify(template.length > 60 ? `${template.slice(0, 60)}…` : template)} is no valid use of a variable`,
        'Write $$ where a dollar is meant.',
    );
