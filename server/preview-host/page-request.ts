/** Reads what a page asks over HTTP, where anything may arrive. */
import type { PageRequest } from '../protocol.ts';

/** Nothing where the text is not a request that a page could have sent. */
export function parsePageRequest(text: string): PageRequest | undefined {
    const asked = parseObject(text);
    if (asked === undefined || typeof asked['id'] !== 'number') {
        return undefined;
    }
    const { id, kind, element, view, options, known } = asked;
    if (kind === 'reveal' && typeof element === 'string') {
        return { id, kind, element };
    }
    if (kind === 'scene' && view === 'strata' && isOptions(options)) {
        return { id, kind, view, options: { resource: options.resource, width: options.width }, ...(typeof known === 'string' ? { known } : {}) };
    }
    return undefined;
}

function isOptions(options: unknown): options is Extract<PageRequest, { kind: 'scene' }>['options'] {
    if (typeof options !== 'object' || options === null) {
        return false;
    }
    const { resource, width } = options as Readonly<Record<string, unknown>>;
    return (resource === 'cpu' || resource === 'memory') && typeof width === 'number' && Number.isFinite(width);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
    } catch {
        return undefined;
    }
}
