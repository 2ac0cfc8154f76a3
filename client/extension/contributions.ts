/** Every name that this extension shares with its manifest; a test holds the two together. */

export const languageId = 'strata';

/** Documents of the built-in catalog: they have no file, the language server holds their text. */
export const catalogScheme = 'strata-catalog';

export const commands = {
    openPreview: 'strata.openPreview',
    openPreviewToSide: 'strata.openPreviewToSide',
    restartServer: 'strata.restartServer',
} as const;

export const settings = {
    previewFollowCursor: 'strata.preview.followCursor',
    inlayHints: 'strata.inlayHints.enabled',
    codeLens: 'strata.codeLens.enabled',
    diagnosticSeverity: 'strata.diagnostics.severity',
    traceServer: 'strata.trace.server',
} as const;

/** View type of the preview's webview panels, under which VS Code restores them after a reload. */
export const previewViewType = 'strata.preview';
