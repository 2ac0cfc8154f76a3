/** Reads YAML 1.2 with bounds: no alias, no nesting and no size makes it slow or large, and whatever is wrong has its place. */
import { Composer, type CST, type Document, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, type ParsedNode, Parser } from 'yaml';
import type { ImportLog, ImportPlace } from '../import-log.ts';
import { MergedEntries } from './merged-entries.ts';
import { nestingOf } from './nesting.ts';
import type { YamlNode, YamlScalar } from './yaml-node.ts';

/** Deeper than anything that is written by hand or by a tool. */
const deepest = 100;
/** Words and marks of a file; each takes up to a kilobyte until it is a node with its place. */
const mostTokens = 100_000;
/** After aliases are written out. */
const mostNodes = 100_000;

/** The documents of a file; undefined where it is no YAML, which the log says. An empty document is null. */
export function readYaml(text: string, file: string, log: ImportLog): readonly YamlNode[] | undefined {
    const wholeFile = { at: { file, line: 1, column: 1 }, path: '' };
    if (hasMoreTokens(text)) {
        log.refuse(
            wholeFile,
            'yaml-size',
            `It says more than ${mostTokens} words and marks, which is more than describes machines`,
            'Split it, and import the parts.',
        );
        return undefined;
    }
    const counter = new LineCounter();
    const tokens: CST.Token[] = [];
    for (const token of new Parser(counter.addNewLine).parse(text)) {
        tokens.push(token);
    }
    const placeOf = (offset: number): ImportPlace => {
        const { line, col } = counter.linePos(offset);
        return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
    };
    const tooDeep = nestingOf(tokens, deepest);
    if (tooDeep !== undefined) {
        log.refuse(
            { at: placeOf(tooDeep), path: '' },
            'yaml-nesting',
            `It is nested more than ${deepest} levels deep`,
            'Flatten it: no machine is described so deeply.',
        );
        return undefined;
    }
    const documents = [...new Composer({ uniqueKeys: false, merge: false, prettyErrors: false, strict: true, keepSourceTokens: false }).compose(tokens)];
    const wrong = documents.flatMap(({ errors }) => errors);
    for (const { message, pos } of wrong) {
        log.refuse({ at: placeOf(pos[0]), path: '' }, 'yaml-syntax', message.replace(/\.$/, ''), 'Correct the YAML there.');
    }
    if (wrong.length > 0) {
        return undefined;
    }
    const converter = new Converter(placeOf, log);
    const nodes = documents.map((document) => converter.convertDocument(document));
    return converter.hasFailed ? undefined : nodes;
}

function hasMoreTokens(text: string): boolean {
    let count = 0;
    for (const _ of new Lexer().lex(text)) {
        count += 1;
        if (count > mostTokens) {
            return true;
        }
    }
    return false;
}

/** From the nodes of the parser to plain ones. Invariant: it visits no more than `mostNodes`, and never deeper than twice `deepest`. */
class Converter {
    hasFailed = false;
    private visited = 0;
    private anchors = new Map<string, Node>();
    private readonly placeOf: (offset: number) => ImportPlace;
    private readonly log: ImportLog;

    constructor(placeOf: (offset: number) => ImportPlace, log: ImportLog) {
        this.placeOf = placeOf;
        this.log = log;
    }

    convertDocument({ contents }: Document.Parsed): YamlNode {
        this.anchors = new Map();
        return this.convert(contents, 0, this.placeOf(0));
    }

    private convert(node: ParsedNode | Node | null, depth: number, around: ImportPlace): YamlNode {
        const at = node?.range == null ? around : this.placeOf(node.range[0]);
        this.visited += 1;
        if (this.hasFailed || node === null) {
            return nothing(at);
        }
        if (this.visited > mostNodes || depth > 2 * deepest) {
            return this.fail(at, 'yaml-aliases', 'Its aliases, written out, make it larger than any description of machines', 'Write out what is meant.');
        }
        if (isAlias(node)) {
            const target = this.anchors.get(node.source);
            return target === undefined
                ? this.fail(at, 'yaml-syntax', `The alias *${node.source} has no anchor before it`, `Put &${node.source} before what it means.`)
                : this.convert(target, depth + 1, at);
        }
        if (node.anchor !== undefined) {
            this.anchors.set(node.anchor, node);
        }
        const tag = node.tag?.startsWith('!') && !node.tag.startsWith('!!') ? { tag: node.tag } : {};
        if (isScalar(node)) {
            return { ...this.scalar(node.value, node.source, at), ...tag };
        }
        if (isSeq(node)) {
            return { kind: 'list', at, ...tag, items: node.items.map((item) => this.convert(item as ParsedNode, depth + 1, at)) };
        }
        const entries = new MergedEntries();
        for (const { key, value } of isMap<ParsedNode, ParsedNode | null>(node) ? node.items : []) {
            const keyNode = this.convert(key, depth + 1, at);
            const keyText = keyNode.kind === 'scalar' ? keyNode.source : '';
            const converted = this.convert(value, depth + 1, keyNode.at);
            if (this.hasFailed) {
                break;
            }
            const problem =
                keyNode.kind === 'scalar'
                    ? entries.add({ key: keyText, keyAt: keyNode.at, value: converted })
                    : 'A key must be a plain word, not a mapping or a list';
            if (problem !== undefined) {
                this.fail(keyNode.at, 'yaml-key', problem, 'Keep one of them.');
            }
        }
        return { kind: 'map', at, ...tag, entries: entries.all() };
    }

    private scalar(value: unknown, source: string | undefined, at: ImportPlace): YamlScalar {
        switch (typeof value) {
            case 'string':
                return { kind: 'scalar', at, value, source: value };
            case 'number':
            case 'bigint':
            case 'boolean':
                return { kind: 'scalar', at, value, source: source ?? String(value) };
            default:
                return nothing(at);
        }
    }

    private fail(at: ImportPlace, code: string, reason: string, remedy: string): YamlNode {
        this.hasFailed = true;
        this.log.refuse({ at, path: '' }, code, reason, remedy);
        return nothing(at);
    }
}

const nothing = (at: ImportPlace): YamlScalar => ({ kind: 'scalar', at, value: null, source: '' });
