/** Signature help: inside the parentheses of a function, what it takes and which of it is being typed. */
import { MarkupKind, type SignatureHelp, type SignatureHelpParams } from 'vscode-languageserver';
import { scanWords, type Word } from '../completion/token-scan.ts';
import { type FunctionRule, functionRules, signatureOf } from '../explain/functions.ts';
import { escapeMarkdown } from '../explain/markdown.ts';
import { canonicalUri, isReadable } from '../sources.ts';
import type { Feature } from './feature.ts';

export const signatureHelp: Feature = {
    name: 'signature-help',
    capabilities: { signatureHelpProvider: { triggerCharacters: ['(', ','] } },
    register: ({ onRequest, workspace }) => {
        onRequest('textDocument/signatureHelp', ({ textDocument, position }: SignatureHelpParams): SignatureHelp | null => {
            const source = workspace.sources.get(canonicalUri(textDocument.uri));
            if (!isReadable(source)) {
                return null;
            }
            const offset = source.document.textDocument.offsetAt(position);
            const call = callAround(scanWords(workspace.services, source.text).filter(({ end }) => end <= offset));
            return call === undefined ? null : toHelp(call);
        });
    },
};

interface Call {
    readonly rule: FunctionRule;
    /** Which of its arguments is being typed, from 0. */
    readonly argument: number;
}

/** The innermost call that is open behind these words. A brace ends what is broken. */
function callAround(words: readonly Word[]): Call | undefined {
    let depth = 0;
    let argument = 0;
    for (let index = words.length - 1; index >= 0; index -= 1) {
        const image = words[index]?.image;
        if (image === '{' || image === '}' || image === 'expect') {
            return undefined;
        }
        if (image === ')') {
            depth += 1;
        } else if (image === ',' && depth === 0) {
            argument += 1;
        } else if (image === '(' && depth > 0) {
            depth -= 1;
        } else if (image === '(') {
            const name = words[index - 1]?.image;
            const rule = functionRules.find((candidate) => candidate.name === name);
            if (rule !== undefined) {
                return { rule, argument };
            }
            // Parentheses of a sum: what is around them may be a call.
            argument = 0;
        }
    }
    return undefined;
}

function toHelp({ rule, argument }: Call): SignatureHelp {
    const parameters = rule.parameters.map(({ label, meaning }) => ({ label, documentation: meaning }));
    return {
        signatures: [{ label: signatureOf(rule), documentation: { kind: MarkupKind.Markdown, value: escapeMarkdown(rule.meaning) }, parameters }],
        activeSignature: 0,
        // The last may stand for any number.
        activeParameter: rule.parameters.at(-1)?.label === '…' ? Math.min(argument, parameters.length - 1) : argument,
    };
}
