/** What a service is made of, and what runs it. */
import { type DraftStatement, statement, text, word } from '../draft.ts';
import { runtimeNamed } from '../runtimes.ts';
import type { Service, ServicePart } from './service.ts';

export const serviceImage: ServicePart = {
    keys: ['image', 'build', 'runtime'],
    write: (service) => [...image(service), ...runtime(service)],
};

function image(service: Service): readonly DraftStatement[] {
    const reference = service.text('image');
    if (reference === undefined && service.says('build')) {
        service.note(
            ['build'],
            'not-carried-over',
            "an image that is built here is nobody else's",
            'Name an image with its operating system, if that matters.',
        );
    }
    return reference === undefined ? [] : [statement('image', text(reference))];
}

function runtime(service: Service): readonly DraftStatement[] {
    const given = service.text('runtime');
    const known = given === undefined ? undefined : runtimeNamed(given);
    if (given !== undefined && known === undefined) {
        service.note(['runtime'], 'not-carried-over', `the runtime ${given} is not known`, 'Define it with type runtime, and name it with runtime.');
    }
    return known === undefined ? [] : [statement('runtime', word(known))];
}
