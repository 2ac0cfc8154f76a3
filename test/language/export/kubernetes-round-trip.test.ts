/** Strata to Kubernetes and back is the same model, for all that both can say: Pods, their containers, what these may use and may do. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Draft, type DraftStatement, quantity, statement, text, unknownSize, word } from '#language/import/draft.ts';
import type { Container, Element, Pod } from '#simulation/model/topology.ts';
import { exportText } from '../../helpers/exports.ts';
import { complaintsAbout, importDrafts, importTexts } from '../../helpers/imports.ts';
import { lowerText } from '../../helpers/strata.ts';

const maybe = (made: fc.Arbitrary<readonly DraftStatement[]>): fc.Arbitrary<readonly DraftStatement[]> => fc.option(made).map((one) => one ?? []);
const on = (key: string): fc.Arbitrary<readonly DraftStatement[]> => maybe(fc.constant([statement(key, word('on'))]));

/** A request is never above its limit. */
const shares = (resource: 'cpu' | 'memory', amounts: fc.Arbitrary<number>): fc.Arbitrary<readonly DraftStatement[]> =>
    fc.tuple(fc.option(amounts), fc.option(amounts)).map(([first, second]) => {
        const limit = first === null || second === null ? first : Math.max(first, second);
        const reserve = first === null || second === null ? second : Math.min(first, second);
        return [
            ...(limit === null ? [] : [statement(`${resource} limit`, quantity(limit, resource))]),
            ...(reserve === null ? [] : [statement(`${resource} reserve`, quantity(reserve, resource))]),
        ];
    });

/** All is open to a privileged container, so that it has no filter to speak of. */
const rights = fc.oneof(
    fc.constant([statement('privileged', word('on'))]),
    fc.tuple(on('no-new-privileges'), maybe(fc.constant([statement('seccomp', word('unconfined'))]))).map((parts) => parts.flat()),
);
const capabilities = fc
    .uniqueArray(fc.tuple(fc.constantFrom('add', 'drop'), fc.constantFrom('ALL', 'NET_ADMIN', 'SYS_TIME')), { maxLength: 3, selector: (pair) => pair.join() })
    .map((pairs) => pairs.map(([action, name]) => statement('capability', word(action), word(name))));
const mounts = fc
    .uniqueArray(fc.tuple(fc.constantFrom('/srv', '/var/log', '/dev', '/etc/a b'), fc.boolean()), { maxLength: 3, selector: ([path]) => path })
    .map((all) => all.map(([path, isReadOnly]) => statement('mount', text(path), text(`/in${path}`), ...(isReadOnly ? [word('ro')] : []))));

const container: fc.Arbitrary<readonly DraftStatement[]> = fc
    .tuple(
        fc.stringMatching(/^[a-z]{1,6}(\/[a-z0-9]{1,6})?(:[a-z0-9.]{1,4})?$/).map((image) => [statement('image', text(image))]),
        shares(
            'cpu',
            fc.integer({ min: 1, max: 64_000 }).map((count) => count / 1000),
        ),
        shares(
            'memory',
            fc.integer({ min: 6, max: 2 ** 20 }).map((count) => count * 2 ** 20),
        ),
        rights,
        capabilities,
        maybe(fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((user) => [statement('user', quantity(user, 'number'))])),
        on('read-only'),
        mounts,
    )
    .map((parts) => parts.flat());

/** What a Pod says once holds for all of its containers. */
const pod = fc.record({
    containers: fc.array(container, { minLength: 1, maxLength: 3 }),
    common: fc
        .tuple(
            ...['pid', 'network', 'ipc'].map((kind) => maybe(fc.constant([statement(`namespace ${kind}`, word('host'))]))),
            maybe(fc.constantFrom('gvisor', 'kata').map((runtime) => [statement('runtime', word(runtime))])),
        )
        .map((parts) => parts.flat()),
    replicas: fc.option(fc.integer({ min: 0, max: 5 }).filter((count) => count !== 1)),
});

const podDraft = (
    { containers, common, replicas }: { containers: readonly (readonly DraftStatement[])[]; common: readonly DraftStatement[]; replicas: number | null },
    index: number,
): Draft => ({
    kind: 'pod',
    name: `p${index}`,
    ...(replicas === null ? {} : { replicas }),
    statements: [],
    children: containers.map((own, number) => ({
        kind: 'container',
        name: `c${number}`,
        statements: [...own, ...common, statement('restart', word('always'))],
        children: [],
    })),
});

const machineOf = (children: readonly Draft[]): Draft => ({
    kind: 'host',
    name: 'node',
    statements: [unknownSize, statement('os', word('linux'))],
    children: [{ kind: 'engine', name: 'containerd', type: 'containerd', statements: [], children }],
});

/** Where a Pod stands, and what it and its containers weigh, a kubelet says; the rest is the model. */
function podsIn(strata: string): ReadonlyMap<string, unknown> {
    const { elements } = lowerText(strata).topology;
    const rest = ({ id: _, parent: __, cpuWeight: ___, children: ____, ...own }: Pod | Container) => own;
    const isFiltered = (element: Element): boolean => element.kind === 'container' && !element.privileged;
    return new Map(
        [...elements.values()].flatMap((element) => {
            if (element.kind !== 'pod') return [];
            const own = element.children.flatMap((id) => elements.get(id) ?? []).filter((child): child is Container => child.kind === 'container');
            return [[element.name, { ...rest(element), own: own.map((child) => ({ ...rest(child), seccomp: isFiltered(child) ? child.seccomp : '' })) }]];
        }),
    );
}

test('Strata to Kubernetes and back is the same model', () => {
    fc.assert(
        fc.property(fc.array(pod, { minLength: 1, maxLength: 3 }), (pods) => {
            const { text: strata } = importDrafts(machineOf(pods.map(podDraft)));
            expect(complaintsAbout(strata)).toEqual([]);
            const { text: manifests, report } = exportText('kubernetes', strata);
            expect(report).toEqual([]);
            const back = importTexts('kubernetes', { 'all.yaml': manifests });
            expect(back.errors).toEqual([]);
            expect(complaintsAbout(back.text)).toEqual([]);
            expect(podsIn(back.text)).toEqual(podsIn(strata));
        }),
        { numRuns: 60 },
    );
});
