/** Reads the fields of one map as what they must be, refuses what they are not, and remembers which were read, so that the rest can be told. */
import type { ImportLog, Located, ReportReason } from '../import-log.ts';
import { entriesOf, entryOf, isNull, type YamlEntry, type YamlNode } from './yaml-node.ts';

export interface Bounds {
    readonly min: number;
    readonly max: number;
}

export interface LocatedText extends Located {
    readonly text: string;
}

/** Where errors go, and what their codes begin with. */
export interface FieldsContext {
    readonly log: ImportLog;
    readonly format: string;
}

export class Fields implements Located {
    readonly path: string;
    readonly at: Located['at'];
    readonly node: YamlNode;
    readonly context: FieldsContext;
    private readonly read = new Set<string>();
    private readonly inner = new Map<string, readonly Fields[]>();

    constructor(node: YamlNode, path: string, context: FieldsContext) {
        this.node = node;
        this.path = path;
        this.at = node.at;
        this.context = context;
    }

    /** Whether it is given and not null; null is as good as nothing. */
    has(key: string): boolean {
        const entry = entryOf(this.node, key);
        return entry !== undefined && !isNull(entry.value);
    }

    /** The value of a field; nothing where it is not there, or null. */
    value(key: string): YamlNode | undefined {
        this.read.add(key);
        const value = entryOf(this.node, key)?.value;
        return value === undefined || isNull(value) ? undefined : value;
    }

    /** Where a field stands. */
    locate(key: string): Located {
        return { at: entryOf(this.node, key)?.keyAt ?? this.at, path: this.pathOf(key) };
    }

    text(key: string): string | undefined {
        const value = this.value(key);
        return value === undefined ? undefined : this.textOf(value, this.pathOf(key));
    }

    oneOf<Word extends string>(key: string, words: readonly Word[]): Word | undefined {
        const text = this.text(key);
        const word = words.find((one) => one === text);
        if (text !== undefined && word === undefined) {
            this.refuse(this.locate(key), 'value', `${key} is ${JSON.stringify(text.slice(0, 60))}`, `Write one of ${words.join(', ')}.`);
        }
        return word;
    }

    whole(key: string, { min, max }: Bounds): number | undefined {
        const value = this.value(key);
        if (value === undefined) {
            return undefined;
        }
        const number = value.kind === 'scalar' && (typeof value.value === 'number' || typeof value.value === 'bigint') ? Number(value.value) : Number.NaN;
        if (Number.isInteger(number) && number >= min && number <= max) {
            return number;
        }
        const range = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
        this.refuse(
            { at: value.at, path: this.pathOf(key) },
            'type',
            `${key} is ${describe(value)}, not a whole number ${range}`,
            'Write one, without quotes.',
        );
        return undefined;
    }

    /** YAML 1.1 took `yes` and `on` for truth, and some programs still do. */
    flag(key: string): boolean | undefined {
        const value = this.value(key);
        if (value === undefined) {
            return undefined;
        }
        const word = value.kind === 'scalar' ? value.source.toLowerCase() : '';
        if (truths.includes(word) || falsehoods.includes(word)) {
            return truths.includes(word);
        }
        this.refuse(
            { at: value.at, path: this.pathOf(key) },
            'type',
            `${key} is ${describe(value)}, not true or false`,
            'Write true or false, without quotes.',
        );
        return undefined;
    }

    /** A map as fields of its own, whose rest is told with this one's. */
    map(key: string): Fields | undefined {
        const known = this.inner.get(key);
        const value = this.value(key);
        if (known !== undefined || value === undefined) {
            return known?.[0];
        }
        if (value.kind !== 'map') {
            this.refuse({ at: value.at, path: this.pathOf(key) }, 'type', `${key} is ${describe(value)}, not a mapping`, 'Write a mapping.');
            return undefined;
        }
        return this.adopt(key, [new Fields(value, this.pathOf(key), this.context)])[0];
    }

    /** A list of maps. */
    maps(key: string): readonly Fields[] {
        const known = this.inner.get(key);
        if (known !== undefined) {
            return known;
        }
        const found = this.items(key).flatMap(({ node, path }) => {
            if (node.kind !== 'map') {
                this.refuse({ at: node.at, path }, 'type', `This is ${describe(node)}, not a mapping`, 'Write a mapping.');
                return [];
            }
            return [new Fields(node, path, this.context)];
        });
        return this.adopt(key, found);
    }

    texts(key: string): readonly LocatedText[] {
        return this.items(key).flatMap(({ node, path }) => {
            const text = this.textOf(node, path);
            return text === undefined ? [] : [{ text, at: node.at, path }];
        });
    }

    items(key: string): readonly { readonly node: YamlNode; readonly path: string }[] {
        const value = this.value(key);
        if (value === undefined) {
            return [];
        }
        if (value.kind !== 'list') {
            this.refuse({ at: value.at, path: this.pathOf(key) }, 'type', `${key} is ${describe(value)}, not a list`, 'Write a list.');
            return [];
        }
        return value.items.map((node, index) => ({ node, path: `${this.pathOf(key)}[${index}]` }));
    }

    /** The entries of a map whose keys the file chooses. */
    pairs(key: string): readonly (YamlEntry & Located)[] {
        const value = this.value(key);
        if (value !== undefined && value.kind !== 'map') {
            this.refuse({ at: value.at, path: this.pathOf(key) }, 'type', `${key} is ${describe(value)}, not a mapping`, 'Write a mapping.');
        }
        return entriesOf(value).map((entry) => ({ ...entry, at: entry.keyAt, path: `${this.pathOf(key)}.${entry.key}` }));
    }

    /** The same fields, for reading what shall still count as unread. */
    apart(): Fields {
        return new Fields(this.node, this.path, this.context);
    }

    /** Takes fields as read, with all that stands in them. */
    passOver(...keys: readonly string[]): void {
        for (const key of keys) this.read.add(key);
    }

    refuse(where: Located, code: string, reason: string, remedy: string): void {
        this.context.log.refuse(where, `${this.context.format}-${code}`, reason, remedy);
    }

    note(where: Located, why: ReportReason, what: string, remedy: string): void {
        this.context.log.note(where, why, what, remedy);
    }

    /** What nobody read, here and in the fields that were taken out of it. */
    *rest(): Generator<YamlEntry & Located> {
        for (const entry of entriesOf(this.node)) {
            if (!this.read.has(entry.key)) {
                yield { ...entry, at: entry.keyAt, path: this.pathOf(entry.key) };
            }
            for (const inner of this.inner.get(entry.key) ?? []) {
                yield* inner.rest();
            }
        }
    }

    pathOf(key: string): string {
        return this.path === '' ? key : `${this.path}.${key}`;
    }

    private textOf(value: YamlNode, path: string): string | undefined {
        if (value.kind === 'scalar' && typeof value.value === 'string') {
            return value.value;
        }
        this.refuse({ at: value.at, path }, 'type', `This is ${describe(value)}, not text`, 'Write text, in quotes where it looks like something else.');
        return undefined;
    }

    private adopt(key: string, fields: readonly Fields[]): readonly Fields[] {
        this.inner.set(key, fields);
        return fields;
    }
}

const truths: readonly string[] = ['true', 'yes', 'on', 'y'];
const falsehoods: readonly string[] = ['false', 'no', 'off', 'n'];

/** What a node is in messages: what stands there, if that is short. */
function describe(node: YamlNode): string {
    switch (node.kind) {
        case 'map':
            return 'a mapping';
        case 'list':
            return 'a list';
        case 'scalar':
            return node.value === null
                ? 'empty'
                : typeof node.value === 'string'
                  ? `the text ${JSON.stringify(node.source.slice(0, 60))}`
                  : node.source.slice(0, 60);
        default:
            return node satisfies never;
    }
}
