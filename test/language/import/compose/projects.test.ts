/** Compose files that belong together: variables, several files, what is included, and what is extended. */
import { describe, expect, test } from 'vitest';
import { type ImportCircumstances, importTexts } from '../../../helpers/imports.ts';

type Files = Readonly<Record<string, string>>;
const imported = (files: Files, circumstances: ImportCircumstances = {}) =>
    importTexts('compose', files, { named: Object.keys(files).slice(0, 1), ...circumstances });

describe('variables', () => {
    const image = (template: string, variables: Files = {}, environment = '') =>
        /image "(.*)"/.exec(imported({ 'compose.yaml': `services: { web: { image: '${template}' } }`, '.env': environment }, { variables }).text)?.[1];

    test.each([
        ['a$TAG', 'a1'],
        ['a${TAG}b', 'a1b'],
        ['${NONE:-x}', 'x'],
        ['${EMPTY:-x}', 'x'],
        ['n${EMPTY-x}', 'n'],
        ['n${TAG:+y}', 'ny'],
        ['n${NONE+y}', 'n'],
        ['${NONE:-${ALSO_NONE:-deep}}', 'deep'],
        ['${TAG:?needed}', '1'],
        ['a$$TAG', 'a$TAG'],
        ['${NONE:-}b', 'b'],
    ])('%s', (template, text) => {
        expect(image(template, { TAG: '1', EMPTY: '' })).toBe(text);
    });

    test('the environment counts before .env', () => {
        expect(image('$A-$B', { A: 'given' }, 'A=file\n# note\nexport B="quoted $A" # why\n')).toBe('given-quoted given');
    });

    test('a variable that nobody set is told, and what rests on nothing else is unknown', () => {
        const outcome = imported({ 'compose.yaml': 'services:\n  web:\n    image: nginx\n    mem_limit: ${LIMIT}\n    volumes:\n      - ${PLACE}:/data\n' });
        expect(outcome.text).toContain('container web { image "nginx" }');
        expect(outcome.report).toContain('4 services.web.mem_limit not-carried-over: nothing but variables without a value: LIMIT');
    });
});

describe('several files', () => {
    const base = 'services: { web: { image: a, cpus: 1, volumes: ["./a:/a"], cap_add: [NET_ADMIN], command: x } }';

    test('lie over each other: mappings join, lists add up, values are replaced', () => {
        const outcome = imported(
            { 'a.yaml': base, 'b.yaml': 'services: { web: { cpus: 2, volumes: ["./b:/b", "./c:/a"] }, db: { image: d } }' },
            { named: ['a.yaml', 'b.yaml'] },
        );
        const text = outcome.text;
        expect(text).toContain('cpu limit 2 cores');
        expect(text).toContain('mount "./c" "/a"\n      mount "./b" "/b"');
        expect(text).toContain('container db { image "d" }');
    });

    test('`!override` replaces and `!reset` takes out', () => {
        const outcome = imported(
            { 'a.yaml': base, 'b.yaml': 'services: { web: { cpus: !reset null, volumes: !override ["./b:/b"] } }' },
            { named: ['a.yaml', 'b.yaml'] },
        );
        expect(outcome.text).not.toMatch(/cpu limit|"\/a"/);
    });

    test('may not say two forms of one thing', () => {
        expect(imported({ 'a.yaml': base, 'b.yaml': 'services: { web: { cap_add: { A: b } } }' }, { named: ['a.yaml', 'b.yaml'] }).errors[0]).toMatch(
            /^b.yaml:1:\d+ services.web.cap_add compose-merge/,
        );
    });
});

describe('extends', () => {
    test('takes a service of another file, whose paths belong to its folder', () => {
        const outcome = imported({
            'compose.yaml': 'services: { web: { extends: { file: sub/base.yaml, service: base }, cpus: 2 } }',
            'sub/base.yaml': 'services: { base: { extends: root, volumes: ["./data:/data"], cpus: 1 }, root: { image: nginx } }',
        });
        const text = outcome.text;
        expect(text).toContain('image "nginx"');
        expect(text).toContain('cpu limit 2 cores');
        expect(text).toContain('mount "./sub/data" "/data"');
    });

    test.each([
        [
            'itself',
            { 'compose.yaml': 'services: { a: { extends: b }, b: { extends: a } }' },
            'It extends itself: compose.yaml a, then compose.yaml b, then compose.yaml a',
        ],
        [
            'itself over two files',
            {
                'compose.yaml': 'services: { a: { extends: { file: b.yaml, service: a } } }',
                'b.yaml': 'services: { a: { extends: { file: compose.yaml, service: a } } }',
            },
            'It extends itself',
        ],
        ['what is not there', { 'compose.yaml': 'services: { a: { extends: x } }' }, 'There is no service "x" in compose.yaml'],
        [
            'a file outside',
            { 'compose.yaml': 'services: { a: { extends: { file: ../../etc/passwd, service: a } } }' },
            'it lies outside the folder of the project',
        ],
        ['a file elsewhere', { 'compose.yaml': 'services: { a: { extends: { file: "https://x.y/c.yaml", service: a } } }' }, 'nothing is fetched from there'],
    ])('is refused where it extends %s', (_, files: Files, reason) => {
        expect(imported(files).errors[0]).toMatch(/^compose.yaml:1:\d+ |^b.yaml:1:\d+ /);
        expect(imported(files).errors.join('\n')).toContain(reason);
    });

    test('of a long chain is read once for each service', () => {
        const chain = Array.from({ length: 40 }, (_, index) => `  s${index}: { ${index === 0 ? 'image: a' : `extends: s${index - 1}`} }`).join('\n');
        expect(imported({ 'compose.yaml': `services:\n${chain}\n` }).text).toContain('container s39 { image "a" }');
    });
});

describe('include', () => {
    test('brings the services of other files, with the variables of their folder', () => {
        const outcome = imported({
            'compose.yaml': 'include: [sub/compose.yaml]\nservices: { web: { image: a, depends_on: [db] } }',
            'sub/compose.yaml': 'services: { db: { image: "postgres:$TAG", volumes: ["./x:/x"] } }',
            'sub/.env': 'TAG=16',
        });
        expect(outcome.text).toContain('image "postgres:16"');
        expect(outcome.text).toContain('mount "./sub/x" "/x"');
    });

    test.each([
        ['itself', { 'compose.yaml': 'include: [compose.yaml]\nservices: {}' }, 'It includes itself: compose.yaml, then compose.yaml'],
        [
            'what includes it',
            { 'compose.yaml': 'include: [b.yaml]', 'b.yaml': 'include: [compose.yaml]' },
            'It includes itself: compose.yaml, then b.yaml, then compose.yaml',
        ],
        ['what is not there', { 'compose.yaml': 'include: [b.yaml]' }, 'b.yaml can not be read: there is no such file'],
        ['what lies outside', { 'compose.yaml': 'include: [../b.yaml]' }, 'it lies outside the folder of the project'],
        [
            'an env_file outside',
            { 'compose.yaml': 'include: [{ path: b.yaml, env_file: ../.env }]', 'b.yaml': 'services: {}' },
            '../.env can not be read: it lies outside',
        ],
    ])('is refused where it includes %s', (_, files: Files, reason) => {
        expect(imported(files).errors.join('\n')).toContain(reason);
    });

    test('is refused where files include each other again and again', () => {
        const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}.yaml`, `include: [f${index + 1}.yaml, f${index + 1}.yaml]`]));
        expect(imported(files).errors.join('\n')).toContain('It reads more than 200 files');
    });
});
