/** Tells when colours or fonts may have become others: the style sheet follows by itself, what is painted does not. */
export function onTheme(listener: () => void): void {
    // VS Code puts its theme into these attributes.
    const watch = new MutationObserver(listener);
    for (const node of [document.documentElement, document.body]) {
        watch.observe(node, { attributeFilter: ['class', 'style'] });
    }
    for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)']) {
        window.matchMedia(query).addEventListener('change', listener);
    }
}
