/** While a line is being typed, the lines after it keep their meaning; line ends and marks of editors change nothing. */
import { describe, expect, test } from 'vitest';
import { elementId } from '#simulation/model/ids.ts';
import { languageFiles } from '../helpers/examples.ts';
import { lowerText } from '../helpers/strata.ts';

const before = 'host a {\n  os debian\n  engine docker {\n    container c {\n';
const after = '\n      memory limit 1 GiB\n      process p { cpu 2 }\n    }\n  }\n  cpu 8\n  memory 16 GiB\n}\nexpect a.cpu.headroom > 0\n';

describe('a half-typed line', () => {
    test.each([
        'cpu',
        'cpu limit',
        'cpu limit (',
        'cpu limit (1 +',
        'image',
        'image "ngi',
        'restart',
        'privileged',
        'user',
        'mount',
        'mount "/a',
        'label team',
        'capability',
        'capability add',
        'cpu set',
        'cpu set 0-',
        'boot 3 m',
        'boot 3 mi',
        'namespace',
        'namespace pid',
        'proc',
        'memroy limit 3',
        '/',
        '"',
        '=',
        '3',
        '+',
        ')',
        ']',
        '§',
    ])('`%s` leaves the rest as it is', (line) => {
        const { topology, problems } = lowerText(before + line + after);
        expect(problems.length).toBeGreaterThan(0);
        expect(topology.elements.get(elementId('a'))).toMatchObject({ cpu: 8, memory: 16 * 2 ** 30 });
        expect(topology.elements.get(elementId('a.docker.c.p'))).toMatchObject({ cpu: 2 });
        expect(topology.expectations).toHaveLength(1);
    });

    test.each([
        'let',
        'let x',
        'let x =',
        'let x = 1 +',
        'expect a.cpu.headroom',
        'template',
        'template t',
        'template t for vm extends',
        'import',
        'import "x',
        'policy',
        'os',
        'image',
        'type',
        'type engine',
    ])('`%s` at the top leaves what follows', (line) => {
        const { topology } = lowerText(`${line}\nhost a { cpu 8 memory 16 GiB }\n`);
        expect([...topology.elements.keys()]).toEqual(['a']);
    });
});

describe('line ends and marks', () => {
    test.each(languageFiles)('$name means the same with other line ends and a byte order mark', ({ text }) => {
        const topology = lowerText(text).topology;
        for (const other of [text.replaceAll('\n', '\r\n'), `\ufeff${text}`, text.replaceAll('\n', '\r'), text.replaceAll('  ', '\t')]) {
            expect(lowerText(other).topology.elements).toEqual(topology.elements);
        }
    });

    test('places are counted in lines and UTF-16 units', () => {
        const [problem] = lowerText('// 𝄞\r\nhost a { /* 𝄞 */ cpu 2 foo\r\nmemory 1 GiB }').problems;
        expect(problem?.at.start).toEqual({ line: 1, character: 24 });
    });
});
