/** Reads XML with bounds: no entity is ever expanded, no nesting and no count makes it slow or large, and whatever is wrong has its place. */
import { SaxesParser } from 'saxes';
import type { ImportLog, ImportPlace } from '../import-log.ts';
import type { XmlElement } from './xml-element.ts';

/** Deeper than anything that is written by hand or by a tool. */
const deepest = 100;
const mostElements = 20_000;
const mostAttributes = 500;
/** So much is read before it is looked whether to go on. */
const portion = 2 ** 16;

interface OpenElement extends XmlElement {
    readonly attributes: Map<string, string>;
    readonly children: XmlElement[];
    text: string;
}

/** The root element; undefined where it is no well-formed XML, which the log says. */
export function readXml(text: string, file: string, log: ImportLog): XmlElement | undefined {
    const reader = new Reader(text, file, log);
    for (let start = 0; start < text.length && !reader.hasFailed; start += portion) {
        reader.write(text.slice(start, start + portion));
    }
    return reader.end();
}

class Reader {
    hasFailed = false;
    private readonly parser = new SaxesParser();
    private readonly open: OpenElement[] = [];
    private root: XmlElement | undefined;
    private count = 0;
    /** Of the element that is open. */
    private attributes = 0;
    private readonly text: string;
    private readonly file: string;
    private readonly log: ImportLog;
    private readonly lines: LineIndex;

    constructor(text: string, file: string, log: ImportLog) {
        this.text = text;
        this.file = file;
        this.log = log;
        this.lines = new LineIndex(text);
        this.parser.on('error', ({ message }) => this.fail(this.parser.position, 'xml-syntax', this.plain(message), 'Correct the XML there.'));
        this.parser.on('doctype', (doctype) => this.refuseEntities(doctype));
        this.parser.on('opentagstart', ({ name }) => this.openElement(name));
        this.parser.on('attribute', ({ name, value }) => this.addAttribute(name, value));
        this.parser.on('text', (content) => this.addText(content));
        this.parser.on('cdata', (content) => this.addText(content));
        this.parser.on('closetag', () => this.open.pop());
    }

    write(chunk: string): void {
        this.parser.write(chunk);
    }

    end(): XmlElement | undefined {
        if (!this.hasFailed) {
            this.parser.close();
        }
        return this.hasFailed ? undefined : this.root;
    }

    private openElement(name: string): void {
        const parent = this.open.at(-1);
        const start = this.text.lastIndexOf('<', this.parser.position - 1);
        const element: OpenElement = {
            name,
            attributes: new Map(),
            children: [],
            text: '',
            at: this.placeOf(start),
            path: parent === undefined ? name : `${parent.path}.${name}`,
        };
        this.count += 1;
        this.attributes = 0;
        if (this.open.length >= deepest || this.count > mostElements) {
            this.fail(
                start,
                'xml-size',
                `It has more than ${mostElements} elements, or nests them more than ${deepest} deep`,
                'Import machines only: none is described at such length.',
            );
        }
        if (parent === undefined) {
            this.root ??= element;
        } else {
            parent.children.push(element);
        }
        this.open.push(element);
    }

    private addAttribute(name: string, value: string): void {
        const attributes = this.open.at(-1)?.attributes.set(name, value);
        // Of a name that stands twice the parser tells only once the element ends.
        this.attributes += 1;
        if (this.attributes > mostAttributes && attributes !== undefined) {
            this.fail(
                this.parser.position,
                'xml-size',
                `It gives an element more than ${mostAttributes} attributes`,
                'Import machines only: none is described at such length.',
            );
        }
    }

    private addText(content: string): void {
        const element = this.open.at(-1);
        if (element !== undefined && !this.hasFailed) {
            element.text += content;
        }
    }

    /** A document type that declares or fetches anything is a way to make a small file large, or to read others. */
    private refuseEntities(doctype: string): void {
        if (/[[]|\b(?:SYSTEM|PUBLIC)\b/.test(doctype)) {
            this.fail(
                this.text.indexOf('<!DOCTYPE'),
                'xml-doctype',
                'It declares a document type, with entities or from elsewhere, and none is expanded or fetched',
                'Take the DOCTYPE out.',
            );
        }
    }

    /** The first is told: what follows from it is noise. */
    private fail(offset: number, code: string, reason: string, remedy: string): void {
        if (!this.hasFailed) {
            this.hasFailed = true;
            this.log.refuse({ at: this.placeOf(offset), path: this.open.at(-1)?.path ?? '' }, code, reason, remedy);
        }
    }

    private placeOf(offset: number): ImportPlace {
        return { file: this.file, ...this.lines.at(offset) };
    }

    /** The parser puts its own place before its words. */
    private plain(message: string): string {
        const words = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
        return `This is no well-formed XML: ${words}`;
    }
}

/** Where lines begin, found once. */
class LineIndex {
    private readonly starts: readonly number[];

    constructor(text: string) {
        const starts = [0];
        for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
            starts.push(end + 1);
        }
        this.starts = starts;
    }

    /** From 1. */
    at(offset: number): { readonly line: number; readonly column: number } {
        let [low, high] = [0, this.starts.length - 1];
        while (low < high) {
            const middle = Math.ceil((low + high) / 2);
            [low, high] = (this.starts[middle] ?? 0) <= offset ? [middle, high] : [low, middle - 1];
        }
        return { line: low + 1, column: Math.max(offset - (this.starts[low] ?? 0), 0) + 1 };
    }
}
