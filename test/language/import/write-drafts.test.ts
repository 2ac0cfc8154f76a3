/** Drafts are written as a text of the language: named, quoted, laid out, and free of errors. */
import { describe, expect, test } from 'vitest';
import { commented, type Draft, quantity, reference, statement, text, unknownSize, word } from '#language/import/draft.ts';
import { languageName } from '#language/import/name-drafts.ts';
import { complaintsAbout, importDrafts } from '../../helpers/imports.ts';

const container = (name: string, ...statements: Draft['statements']): Draft => ({ kind: 'container', name, key: name, statements, children: [] });
const machine = (...containers: readonly Draft[]): Draft => ({
    kind: 'host',
    name: 'machine',
    comments: ['Nobody knows how large it is.'],
    statements: [unknownSize, statement('os', word('linux'))],
    children: [{ kind: 'engine', name: 'docker', type: 'docker', statements: [], children: containers }],
});

describe('a draft', () => {
    test('is written as a person would have written it', () => {
        const web = container('web', statement('image', text('nginx:1.27')), statement('after', reference('db')));
        const db = container(
            'db',
            statement('image', text('postgres')),
            commented('from deploy.resources', statement('memory limit', quantity(512 * 2 ** 20, 'memory'))),
            statement('cpu limit', quantity(0.5, 'cpu')),
        );
        expect(
            importDrafts(machine({ ...web, replicas: 3 }, db))
                .text.split('\n')
                .slice(2)
                .join('\n'),
        ).toBe(`// Nobody knows how large it is.
host machine {
  label size "unknown"
  os linux

  engine docker {
    container web[3] { image "nginx:1.27"  after db }

    container db {
      image "postgres"
      memory limit 512 MiB  // from deploy.resources
      cpu limit 0.5 cores
    }
  }
}
`);
    });

    test('keeps what would end a text or a line within it', () => {
        const { text: strata } = importDrafts(machine(container('web', statement('mount', text('C:\\data\\'), text('say "hi"\nhost evil {}')))));
        expect(strata).toContain('"C:\\data\\\\" "say \\"hi\\" host evil {}"');
        expect(complaintsAbout(strata)).toEqual([]);
    });

    test('is called by a name of the language, each beside its siblings by another, and the report says so', () => {
        const { text: strata, report } = importDrafts(machine(...['my.app', 'my app', '1st', 'vm', 'Größe', '…'].map((name) => container(name))));
        expect([...strata.matchAll(/container (\S+)/g)].map(([, name]) => name)).toEqual(['my-app', 'my-app-2', '_1st', 'vm-2', 'Gro-e', 'container']);
        expect(report).toContain('1  chosen: container "my app" is called my-app-2');
        expect(complaintsAbout(strata)).toEqual([]);
    });
});

test('a text that nobody would read is refused', () => {
    const crowd = Array.from({ length: 60_000 }, (_, number) => container(`c${number}`));
    expect(importDrafts(machine(...crowd)).errors[0]).toMatch(/import-size It would make a text of more than 6\d{4} lines/);
});

test('a name of the language stays as it is', () => {
    expect(languageName('web_1-b', 'container')).toBe('web_1-b');
});
