/** Reads what a page asks over HTTP, where anything may arrive. */
import { brokenLevels, type FirstPart, type PageRequest, pictureShares, type Target, type ViewName, type ViewOptions, viewNames } from '../protocol.ts';

type Unknown = Readonly<Record<string, unknown>>;

/** Nothing where the text is not a request that a page could have sent. */
export function parsePageRequest(text: string): PageRequest | undefined {
    const asked = objectIn(text);
    if (asked === undefined || typeof asked['id'] !== 'number') {
        return undefined;
    }
    const { id, kind, known, format } = asked;
    if (kind === 'reveal') {
        const target = targetFrom(asked['target']);
        return target && { id, kind, target };
    }
    const [view, options] = [viewFrom(asked['view']), optionsFrom(asked['options'])];
    if (view === undefined || options === undefined) {
        return undefined;
    }
    if (kind === 'view') {
        const first = firstFrom(asked['first']);
        return { id, kind, view, options, ...(typeof known === 'string' ? { known } : {}), ...(first === undefined ? {} : { first }) };
    }
    return kind === 'export' && (format === 'svg' || format === 'html') ? { id, kind, view, options, format } : undefined;
}

const viewFrom = (given: unknown): ViewName | undefined => viewNames.find((name) => name === given);

function targetFrom(given: unknown): Target | undefined {
    const { kind, element, id } = asObject(given) ?? {};
    if ((kind === 'element' || kind === 'definition') && typeof element === 'string') {
        return { kind, element };
    }
    return (kind === 'check' || kind === 'source') && typeof id === 'string' ? { kind, id } : undefined;
}

function firstFrom(given: unknown): FirstPart | undefined {
    const part = asObject(given);
    const { left, top, right, bottom } = part ?? {};
    if (part === undefined || !isNumber(left) || !isNumber(top) || !isNumber(right) || !isNumber(bottom)) {
        return undefined;
    }
    return { left, top, right, bottom, ...textsIn(part, ['box']) };
}

function optionsFrom(given: unknown): ViewOptions | undefined {
    const options = asObject(given);
    const { resource, width, at } = options ?? {};
    if (options === undefined || (resource !== 'cpu' && resource !== 'memory') || !isNumber(width)) {
        return undefined;
    }
    const broken = brokenLevels.find((level) => level === options['broken']);
    const share = pictureShares.find((name) => name === options['share']);
    return {
        resource,
        width,
        ...textsIn(options, ['selected', 'scenario', 'vantage']),
        ...(isNumber(at) ? { at } : {}),
        ...(broken === undefined ? {} : { broken }),
        ...(share === undefined ? {} : { share }),
    };
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function textsIn<Key extends string>(given: Unknown, keys: readonly Key[]): { readonly [Name in Key]?: string } {
    return Object.fromEntries(keys.flatMap((key) => (typeof given[key] === 'string' ? [[key, given[key]]] : []))) as { readonly [Name in Key]?: string };
}

function asObject(value: unknown): Unknown | undefined {
    return typeof value === 'object' && value !== null ? (value as Unknown) : undefined;
}

function objectIn(text: string): Unknown | undefined {
    try {
        return asObject(JSON.parse(text));
    } catch {
        return undefined;
    }
}
