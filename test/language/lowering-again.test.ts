/** A text that is lowered by way of its last version gives what it gives when it is lowered for the first time. */
import { describe, expect, test } from 'vitest';
import { type Lowered, lower } from '#language/lowering/lower.ts';
import { parseText, type StrataDocument } from '#language/services.ts';
import { reparse } from '#language/syntax/reparse.ts';
import { editedTexts } from '../helpers/mutated-texts.ts';
import { catalog, services, testUri } from '../helpers/strata.ts';

const parse = (text: string): StrataDocument => parseText(services, text, testUri);

function facts({ topology, origins, problems, occurrences }: Lowered): readonly unknown[] {
    return [topology, [...topology.elements.keys()], origins, problems, occurrences.all, occurrences.byUri, occurrences.byTarget];
}

/** Follows a text through its versions, and compares each with itself from scratch. */
function follow(texts: Iterable<string>): readonly Lowered[] {
    const followed: Lowered[] = [];
    let document: StrataDocument | undefined;
    for (const text of texts) {
        document = (document && reparse(services.strata, document, text)) ?? parse(text);
        const lowered = lower({ documents: [document], catalog, previous: followed.at(-1) });
        expect(facts(lowered)).toEqual(facts(lower({ documents: [parse(text)], catalog })));
        followed.push(lowered);
    }
    return followed;
}

/** The elements that are the very same. */
const kept = (before: Lowered | undefined, after: Lowered | undefined): readonly string[] =>
    [...(after?.topology.elements ?? [])].flatMap(([id, element]) => (before?.topology.elements.get(id) === element ? [id as string] : []));

describe('what is kept', () => {
    const text =
        'let n = 2\nhost a { cpu n  memory 1 GiB  os debian }\nhost b {\n  cpu 4\n  memory 8 GiB\n  os debian\n  disk d { size 1 TB }\n  process p { read 1 MB/s  disk d }\n}\nhost c { cpu 1  memory 1 GiB }\n';

    test('all that the edit does not touch', () => {
        const [before, after] = follow([text, text.replace('cpu n', 'cpu 3')]);
        expect(kept(before, after)).toEqual(['b', 'b.d', 'b.p', 'c']);
    });

    test('what names others, not where there are others to name', () => {
        const [before, after] = follow([text, text.replace('debian }', 'debian disk d { size 1 TB } }')]);
        expect(kept(before, after)).toEqual(['c']);
    });

    test('nothing where a let has changed', () => {
        const [before, after] = follow([text, text.replace('n = 2', 'n = 3')]);
        expect(kept(before, after)).toEqual([]);
    });

    test('nothing that has moved to other lines', () => {
        const [before, after] = follow([text, text.replace('  memory 8', '\n  memory 8')]);
        expect(kept(before, after)).toEqual(['a']);
    });
});

test.each([
    [
        'a name that is taken, and free again',
        ['host a { cpu 1 memory 1 GiB }\nhost a { cpu 2 memory 1 GiB }', 'host b { cpu 1 memory 1 GiB }\nhost a { cpu 2 memory 1 GiB }'],
    ],
    ['an order that changes', ['host a { }\nhost b { }\n', 'host b { }\nhost a { }\n', 'host b { }\n', 'host a { }\nhost b { }\n']],
    ['a circle of lets', ['let a = b\nlet b = a\nhost h[b] { }', 'let a = b\nlet b = a\nhost h[a] { }', 'let a = b\nlet b = 1\nhost h[a] { }']],
    [
        'a template that makes too many elements, and fewer again',
        ['[250]', '[1]', '[250]'].map((count) => {
            const vms = Array.from({ length: 250 }, (_, vm) => `vm v${vm} { extends x }`).join(' ');
            return `host a { hypervisor kvm { vm a${count} } } // ${vms}`;
        }),
    ],
])('%s', (_, texts) => {
    follow(texts);
});

test('elements that templates make are counted over all hosts', () => {
    const containers = Array.from({ length: 200 }, (_, place) => `container c${place}`).join(' ');
    const vms = Array.from({ length: 100 }, (_, place) => `vm v${place} { engine docker extends full { } }`).join(' ');
    const hosts = (count: number): string =>
        `template full for engine { ${containers} }\ntemplate big for hypervisor { ${vms} }\n${'host h { hypervisor kvm extends big { } }\n'
            .repeat(count)
            .replaceAll('host h', () => `host h${place++}`)}`;
    let place = 0;
    const two = hosts(2);
    const three = `${two}host last { hypervisor kvm extends big { } }\n`;
    const made = (text: string, previous?: Lowered): Lowered => lower({ documents: [parse(text)], catalog, previous });
    const full = (lowered: Lowered): readonly unknown[] => [
        lowered.topology.elements.size,
        lowered.problems.filter(({ code }) => code === 'too-many-elements'),
    ];
    expect(full(made(three, made(two)))).toEqual(full(made(three)));
    expect(made(three).topology.elements.size).toBe(50_000);
}, 60_000);

test('random edits, one after the other', () => {
    const texts = [...editedTexts(20261129, Number(process.env['STRATA_FUZZ'] ?? 300))];
    expect(follow(texts)).toHaveLength(texts.length);
}, 120_000);

test('of several files, an edit of one keeps what the others declare', () => {
    const shared = parseText(services, 'host b { cpu 1  memory 1 GiB }', 'file:///b.strata');
    const of = (text: string, previous?: Lowered): Lowered => lower({ documents: [shared, parse(text)], catalog, previous });
    const changed = 'host a { cpu 2  memory 1 GiB }\nexpect a.cpu.granted < 2 cores';
    const before = of('expect a.cpu.granted < 3 cores\nhost a { cpu 1  memory 1 GiB }');
    const after = of(changed, before);
    expect(facts(after)).toEqual(facts(of(changed)));
    expect(kept(before, after)).toEqual(['b']);
});
