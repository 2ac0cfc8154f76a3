/** `// strata-ignore CODE reason`: takes a finding that is meant to be there out of the findings, and tells what it ignores for nothing. */
import { languageChecks } from '#language/checks/checks.ts';
import { didYouMean, suggestion } from '#language/names/did-you-mean.ts';
import type { SourceRange } from '#language/origins.ts';
import { checks } from '#simulation/checks/checks.ts';
import { serverChecks, unknownIgnore, unusedIgnore } from './checks.ts';
import type { PlacedFinding } from './placed-finding.ts';
import type { Source } from './sources.ts';

interface Ignore {
    /** The code; where it is missing, the word before it. */
    readonly at: SourceRange;
    readonly code: string;
    /** The line whose findings it ignores. */
    readonly line: number;
}

type Extent = 'whole' | 'partial';

const codes: readonly string[] = [...languageChecks, ...checks, ...serverChecks].map(({ code }) => code);
const word = 'strata-ignore';

/**
 * The findings without what comments ask to leave out, with what is to be said of those comments.
 * Findings are partial where the simulation did not come to an end: then nobody knows what is ignored for nothing.
 */
export function applyIgnores(findings: readonly PlacedFinding[], sources: readonly Source[], extent: Extent): readonly PlacedFinding[] {
    const ignores = sources.flatMap((source) => (source.text.includes(word) ? [...ignoresIn(source)] : []));
    if (ignores.length === 0) {
        return findings;
    }
    const used = new Set<Ignore>();
    const left = findings.filter(({ code, at }) => {
        const matching = ignores.filter((ignore) => ignore.code === code && ignore.line === at.start.line && ignore.at.uri === at.uri);
        for (const ignore of matching) {
            used.add(ignore);
        }
        return matching.length === 0;
    });
    return [...left, ...ignores.flatMap((ignore) => (used.has(ignore) ? [] : (judge(ignore, extent) ?? [])))];
}

function judge({ at, code }: Ignore, extent: Extent): PlacedFinding | undefined {
    const candidates = didYouMean(code, codes);
    if (code === '') {
        return say(unknownIgnore, at, `This ignores nothing. Write the code of a finding behind it, as in \`// ${word} cpu-throttled nightly batch\`.`, []);
    }
    if (!codes.includes(code)) {
        return say(
            unknownIgnore,
            at,
            `There is no finding \`${code}\`.${suggestion(candidates) || ' Write the code of one, or remove the comment.'}`,
            candidates,
        );
    }
    return extent === 'whole' ? say(unusedIgnore, at, `There is no \`${code}\` to ignore on the line that this is for. Remove the comment.`, []) : undefined;
}

function say({ code, severity }: typeof unknownIgnore, at: SourceRange, message: string, candidates: readonly string[]): PlacedFinding {
    return { code, severity, message, facts: { candidates }, at, related: [] };
}

/** A comment behind a statement is for its line; one on a line of its own, for the next line that is neither blank nor such a comment. */
function* ignoresIn({ uri, text, document }: Source): Generator<Ignore> {
    const { textDocument } = document;
    for (const { index, 0: comment } of text.matchAll(commentOrText)) {
        const written = ignoreComment.exec(comment);
        if (written !== null) {
            const [, before = '', space = '', code = ''] = written;
            const start = index + before.length + (code === '' ? 0 : word.length + space.length);
            const position = textDocument.positionAt(start);
            const end = { line: position.line, character: position.character + (code === '' ? word.length : code.length) };
            const lineStart = text.lastIndexOf('\n', index - 1) + 1;
            const isAlone = text.slice(lineStart, index).trim() === '';
            yield { at: { uri, start: position, end }, code, line: isAlone ? nextLine(text, index, position.line) : position.line };
        }
    }
}

/** What may hold `//` comes first: texts and block comments. */
const commentOrText = /"(?:\\.|[^"\\\r\n])*"?|\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\r\n]*/g;
const ignoreComment = /^(\/\/[ \t]*)strata-ignore(?![\w-])([ \t]*)([\w-]*)/;

function nextLine(text: string, offset: number, line: number): number {
    const lines = text.slice(offset).split('\n', linesLookedAt);
    const distance = lines.findIndex((content, index) => index > 0 && content.trim() !== '' && !content.trim().startsWith('//'));
    return distance < 0 ? line : line + distance;
}

/** Further below nobody looks for the reason. */
const linesLookedAt = 20;
