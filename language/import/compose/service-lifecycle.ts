/** When a service starts, after which others, and whether it is started again. */
import { commented, type DraftStatement, reference, statement, word } from '../draft.ts';
import { itemsOf, textOf } from '../yaml/yaml-node.ts';
import { dependenciesOf, isActive } from './dependencies.ts';
import type { Service, ServicePart } from './service.ts';

export const serviceLifecycle: ServicePart = {
    keys: ['restart', 'depends_on', 'links', 'profiles', 'scale'],
    write: (service) => [...autostart(service), ...restart(service), ...after(service)],
};

function autostart(service: Service): readonly DraftStatement[] {
    if (isActive(service.node, service.project.profiles)) {
        return [];
    }
    const profiles = itemsOf(service.value('profiles')).flatMap((item) => textOf(item) ?? []);
    service.note(
        ['profiles'],
        'chosen',
        'it does not start, because none of its profiles is active',
        `Name one of ${profiles.join(', ')} in COMPOSE_PROFILES.`,
    );
    return [commented(`only with the profile ${profiles.join(' or ')}`, statement('autostart', word('off')))];
}

function restart(service: Service): readonly DraftStatement[] {
    const given = service.text('restart');
    const ofDeploy = service.text('deploy', 'restart_policy', 'condition');
    const policy = given ?? (ofDeploy === undefined ? undefined : ({ any: 'always', none: 'no' }[ofDeploy] ?? ofDeploy));
    const [kind, most] = policy?.split(':') ?? [];
    if (most !== undefined) {
        service.note(
            ['restart'],
            'approximated',
            `it is started again as often as it fails, not ${most} times`,
            'Nothing, if it does not fail again and again.',
        );
    }
    if (kind === 'unless-stopped') {
        return [commented('unless-stopped', statement('restart', word('always')))];
    }
    return kind === 'always' || kind === 'on-failure' ? [statement('restart', word(kind))] : [];
}

/** What it waits for is ready when it has started; whether it also is healthy, or came to an end, nobody says. */
function after(service: Service): readonly DraftStatement[] {
    return dependenciesOf(service.node).flatMap(({ name, condition }) => {
        const key = service.project.keyOf(name);
        if (key === undefined) {
            return [];
        }
        if (condition !== 'service_started') {
            const what = condition === 'service_healthy' ? 'healthy' : 'at its end';
            service.note(
                ['depends_on', name],
                'approximated',
                `it waits until ${name} has started, not until it is ${what}`,
                `Give ${name} a boot with the time that takes.`,
            );
        }
        return [statement('after', reference(key))];
    });
}
