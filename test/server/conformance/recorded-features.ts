/** The server's features, with a note of every request that they take: tests of all requests know of a new one by themselves. */
import type { Feature, FeatureContext } from '#server/features/feature.ts';
import { features } from '#server/features/features.ts';

export interface RecordedFeatures {
    readonly features: readonly Feature[];
    /** Filled while the server starts. */
    readonly methods: readonly string[];
}

/** As they are, or each handler in another's place. */
export function recordFeatures(replace?: (method: string) => () => never): RecordedFeatures {
    const methods: string[] = [];
    const recording = (context: FeatureContext): FeatureContext => ({
        ...context,
        onRequest: (method, handle) => {
            methods.push(method);
            context.onRequest(method, replace?.(method) ?? handle);
        },
    });
    return { methods, features: features.map((feature) => ({ ...feature, register: (context) => feature.register(recording(context)) })) };
}
