/** Every name that this extension shares with its manifest; a test holds the two together. */

export const languageId = 'strata';

/** Documents of the built-in catalog: they have no file, the language server holds their text. */
export const catalogScheme = 'strata-catalog';

export const commands = {
    openPreview: 'strata.openPreview',
    openPreviewToSide: 'strata.openPreviewToSide',
    restartServer: 'strata.restartServer',
    newFromExample: 'strata.newFromExample',
    import: 'strata.import',
    revealElement: 'strata.revealElement',
    runScenario: 'strata.runScenario',
} as const;

export const settings = {
    previewFollowCursor: 'strata.preview.followCursor',
    inlayHints: 'strata.inlayHints.enabled',
    codeLens: 'strata.codeLens.enabled',
    diagnosticSeverity: 'strata.diagnostics.severity',
    traceServer: 'strata.trace.server',
} as const;

export const views = {
    topology: 'strata.topology',
} as const;

/** What conditions of the manifest (`when`, the steps of the walkthrough) ask for. */
export const contextKeys = {
    hasTopology: 'strata.hasTopology',
    hasErrors: 'strata.hasErrors',
} as const;

export const walkthroughId = 'strata.firstSteps';

/** Type of the tasks in `tasks.json`, and the problem matcher that reads what they print. */
export const taskType = 'strata';
export const problemMatcher = '$strata';

/** Under which agents find the server of `strata mcp`. */
export const mcpProviderId = 'strata.mcp';

export const testControllerId = 'strata.expectations';
export const statusBarItemId = 'strata.tightest';
/** Addresses of elements in the tree, which VS Code asks decorations for. */
export const decorationScheme = 'strata-element';

/** View type of the preview's webview panels, under which VS Code restores them after a reload. */
export const previewViewType = 'strata.preview';
