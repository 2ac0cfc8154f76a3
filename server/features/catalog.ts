/** Hands out the built-in catalog's files and the page of the checks, which editors open read-only. */
import { catalogScheme, catalogText } from '#language/catalog.ts';
import { checkPage, checkPageUri } from '../check-page.ts';
import { type CatalogTextAnswer, type CatalogTextParams, catalogTextRequest } from '../protocol.ts';
import { canonicalUri } from '../sources.ts';
import type { Feature } from './feature.ts';

export const catalog: Feature = {
    name: 'catalog',
    register: ({ onRequest }) => {
        onRequest(catalogTextRequest, ({ uri }: CatalogTextParams): CatalogTextAnswer => textOf(canonicalUri(uri)) ?? null);
    },
};

function textOf(uri: string): string | undefined {
    return uri === checkPageUri ? checkPage() : uri.startsWith(`${catalogScheme}:`) ? catalogText(uri) : undefined;
}
