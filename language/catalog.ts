/** The built-in library: Strata files inside the product, parsed once a set of services. */
import { catalogTexts } from './generated/catalog.ts';
import { parseText, type StrataDocument, type StrataServices } from './services.ts';

/** URI scheme of the catalog's files, which an editor opens read-only, as in `strata-catalog:/images.strata`. */
export const catalogScheme = 'strata-catalog';

const loaded = new WeakMap<StrataServices, readonly StrataDocument[]>();

export function loadCatalog(services: StrataServices): readonly StrataDocument[] {
    const known = loaded.get(services);
    if (known !== undefined) {
        return known;
    }
    const documents = Object.entries(catalogTexts).map(([file, text]) => parseText(services, text, `${catalogScheme}:/${file}`));
    loaded.set(services, documents);
    return documents;
}

/** The text of a catalog file, for an editor that opens it. */
export const catalogText = (uri: string): string | undefined => catalogTexts[uri.slice(catalogScheme.length + 2)];
