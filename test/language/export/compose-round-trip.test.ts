/** Strata to Compose and back is the same model, for all that both can say. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { weightOfShares } from '#language/import/cgroup-weights.ts';
import type { Draft, DraftStatement } from '#language/import/draft.ts';
import { quantity, reference, statement, text, unknownSize, word } from '#language/import/draft.ts';
import type { Container } from '#simulation/model/topology.ts';
import { exportText } from '../../helpers/exports.ts';
import { complaintsAbout, importDrafts, importTexts } from '../../helpers/imports.ts';
import { lowerText } from '../../helpers/strata.ts';

const maybe = (made: fc.Arbitrary<DraftStatement>): fc.Arbitrary<readonly DraftStatement[]> => fc.option(made).map((one) => (one === null ? [] : [one]));
const some = (made: fc.Arbitrary<DraftStatement>): fc.Arbitrary<readonly DraftStatement[]> =>
    fc.uniqueArray(made, { maxLength: 3, selector: ({ key, values }) => JSON.stringify([key, values[0], values.length > 1 ? values[1] : '']) });
const on = (key: string): fc.Arbitrary<readonly DraftStatement[]> => maybe(fc.constant(statement(key, word('on'))));
const amount = (key: string, dimension: 'memory' | 'cpu' | 'number', values: fc.Arbitrary<number>): fc.Arbitrary<readonly DraftStatement[]> =>
    maybe(values.map((value) => statement(key, quantity(value, dimension))));
const mebibytes = fc.integer({ min: 6, max: 1 << 20 }).map((count) => count * 2 ** 20);
const thousandths = fc.integer({ min: 1, max: 64_000 }).map((count) => count / 1000);

/** Whatever a file may say, also what means something elsewhere. */
const piece = fc.string({
    unit: fc.constantFrom('a', 'B', '7', '.', '-', '_', ' ', '$', '{', '}', '#', "'", '"', '\\', 'ü', '*', '&', '!', '%'),
    minLength: 1,
    maxLength: 8,
});
const path = fc
    .array(
        piece.filter((one) => one.trim() === one && one !== '.' && one !== '..'),
        { minLength: 1, maxLength: 3 },
    )
    .map((parts) => `/${parts.join('/')}`);
const mount = fc
    .tuple(
        fc.oneof(
            path,
            path.map((one) => `.${one}`),
            fc.stringMatching(/^[a-z][a-z0-9_.-]{1,8}$/),
        ),
        path,
        fc.boolean(),
    )
    .map(([source, target, readOnly]) => statement('mount', text(source), text(target), ...(readOnly ? [word('ro')] : [])));

const sizes = fc.option(fc.tuple(mebibytes, fc.oneof(fc.constant(0), mebibytes))).map((given): readonly DraftStatement[] => {
    const [limit = 0, swap = 0] = given ?? [];
    return limit === 0
        ? []
        : [statement('memory limit', quantity(limit, 'memory')), ...(swap === 0 ? [] : [statement('memory swap', quantity(swap, 'memory'))])];
});
const shared = ['pid', 'network', 'ipc', 'uts', 'user', 'cgroup'].map((kind) => maybe(fc.constant(statement(`namespace ${kind}`, word('host')))));

/** What one container says, but for the others. */
const statements: fc.Arbitrary<readonly DraftStatement[]> = fc
    .tuple(
        fc.stringMatching(/^[a-z]{1,6}(\/[a-z0-9]{1,6})?(:[a-z0-9.]{1,4})?$/).map((image) => [statement('image', text(image))]),
        amount('cpu weight', 'number', fc.integer({ min: 2, max: 262_144 }).map(weightOfShares)),
        amount('cpu limit', 'cpu', thousandths),
        amount('cpu reserve', 'cpu', thousandths),
        maybe(fc.constantFrom('0', '0-3', '1,3-5,9').map((set) => statement('cpu set', word(set)))),
        sizes,
        amount('memory reserve', 'memory', mebibytes),
        amount('pids limit', 'number', fc.integer({ min: 1, max: 100_000 })),
        amount('user', 'number', fc.integer({ min: 0, max: 2 ** 32 - 1 })),
        ...['privileged', 'read-only', 'no-new-privileges'].map(on),
        maybe(fc.constant(statement('seccomp', word('unconfined')))),
        some(
            fc
                .tuple(fc.constantFrom('add', 'drop'), fc.constantFrom('ALL', 'NET_ADMIN', 'SYS_TIME'))
                .map(([action, name]) => statement('capability', word(action), word(name))),
        ),
        some(fc.constantFrom('/dev/kvm', '/dev/ttyUSB0').map((device) => statement('device', text(device)))),
        fc.uniqueArray(mount, { maxLength: 3, selector: ({ values }) => JSON.stringify(values[1]).replaceAll(/\/+/g, '/') }),
        maybe(fc.constantFrom('always', 'on-failure').map((policy) => statement('restart', word(policy)))),
        maybe(fc.constantFrom('runc', 'crun', 'gvisor', 'kata').map((runtime) => statement('runtime', word(runtime)))),
        maybe(fc.constant(statement('autostart', word('off')))),
        ...shared,
    )
    .map((parts) => parts.flat());

/** A container may start after those before it, and join one of their namespaces. */
const containers = fc
    .array(fc.record({ statements, replicas: fc.option(fc.integer({ min: 0, max: 5 }).filter((count) => count !== 1)), after: fc.nat(), joins: fc.nat() }), {
        minLength: 1,
        maxLength: 4,
    })
    .map((all) => {
        const isStarted = (index: number): boolean => all[index]?.statements.some(({ key }) => key === 'autostart') === false;
        return all.map(({ statements: own, replicas, after, joins }, index): Draft => {
            const other = (choice: number): number => choice % (index + 1);
            const waits = other(after) < index && isStarted(other(after)) ? [statement('after', reference(`c${other(after)}`))] : [];
            const isJoining = other(joins) < index && isStarted(other(joins)) && !own.some(({ key }) => key === 'namespace ipc');
            // What joins another starts after it, in Compose as well.
            const joined = isJoining
                ? [
                      statement('namespace ipc', reference(`c${other(joins)}`)),
                      ...(waits.length > 0 && other(after) === other(joins) ? [] : [statement('after', reference(`c${other(joins)}`))]),
                  ]
                : [];
            return {
                kind: 'container',
                name: `c${index}`,
                key: `c${index}`,
                ...(replicas !== null && { replicas }),
                statements: [...own, ...waits, ...joined],
                children: [],
            };
        });
    });

const machineOf = (children: readonly Draft[]): Draft => ({
    kind: 'host',
    name: 'machine',
    statements: [unknownSize, statement('os', word('linux'))],
    children: [{ kind: 'engine', name: 'docker', type: 'docker', statements: [], children }],
});

/** Containers by their paths. The order of what a container waits for means nothing. */
function containersIn(strata: string): ReadonlyMap<string, unknown> {
    const { topology } = lowerText(strata);
    const all = [...topology.elements.values()].filter((element): element is Container => element.kind === 'container');
    return new Map(all.map((container) => [container.id, { ...container, after: container.after.map(({ element }) => element).sort() }]));
}

test('Strata to Compose and back is the same model', () => {
    fc.assert(
        fc.property(containers, (drafts) => {
            const { text: strata } = importDrafts(machineOf(drafts));
            expect(complaintsAbout(strata)).toEqual([]);
            const { text: compose, report } = exportText('compose', strata);
            expect(report.filter((line) => !line.includes('has the profile manual'))).toEqual([]);
            const back = importTexts('compose', { 'compose.yaml': compose });
            expect(back.errors).toEqual([]);
            expect(containersIn(back.text)).toEqual(containersIn(strata));
        }),
        { numRuns: 60 },
    );
});
