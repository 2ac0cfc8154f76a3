/** Hands out the built-in catalog's files, which editors open read-only. */
import { catalogScheme, catalogText } from '#language/catalog.ts';
import { type CatalogTextAnswer, type CatalogTextParams, catalogTextRequest } from '../protocol.ts';
import { canonicalUri } from '../sources.ts';
import type { Feature } from './feature.ts';

export const catalog: Feature = {
    name: 'catalog',
    register: ({ onRequest }) => {
        onRequest(
            catalogTextRequest,
            ({ uri }: CatalogTextParams): CatalogTextAnswer => (uri.startsWith(`${catalogScheme}:`) ? (catalogText(canonicalUri(uri)) ?? null) : null),
        );
    },
};
