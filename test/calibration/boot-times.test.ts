/** Times to ready that were published, from the catalog through a run. */
import { expect, test } from 'vitest';
import { story } from '../helpers/scenario-runs.ts';
import { bootTimes, guestOf, largeMachine } from '../truth/boot-times.ts';

test.each(bootTimes().map((one) => [one.name, one] as const))('%s is ready when it was measured to be', (_name, { published, computed }) => {
    expect(Math.abs(computed - published) / published).toBeLessThanOrEqual(0.02);
});

test('a thousand guests at once share the CPUs for what their boots work, and are later than one', () => {
    const one = story(largeMachine(guestOf('firecracker', 'linux'))).lives.get('m.firecracker.v')?.readyAt ?? 0;
    const many = story(largeMachine(guestOf('firecracker', 'linux', '[1000]'))).lives.get('m.firecracker.v[1]')?.readyAt ?? 0;
    // 1,000 × 0.1 core-seconds, with virtualisation's own part, on 96 CPUs in place of one each.
    expect(many - one).toBeCloseTo((1000 * 0.1 * 1.05) / 96 - 0.1, 6);
});
