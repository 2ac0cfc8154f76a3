/** The HTML shell around the preview page: one for VS Code's webview and for `strata preview`. */

export interface PreviewPage {
    /** Fresh for each time the page is served. */
    readonly nonce: string;
    /** Where style sheets may come from: `webview.cspSource`, or `'self'`. */
    readonly cspSource: string;
    readonly scriptUri: string;
    readonly styleUri: string;
    /** Where the page may send requests to; in a webview it only posts messages, so nothing. */
    readonly connectSource?: string;
}

/** Invariant: the page runs one script and one style sheet, loads nothing else and sends nothing elsewhere. */
export function previewHtml(page: PreviewPage): string {
    const policy = [
        `default-src 'none'`,
        `script-src 'nonce-${page.nonce}'`,
        `style-src ${page.cspSource}`,
        `connect-src ${page.connectSource ?? `'none'`}`,
        `base-uri 'none'`,
        `form-action 'none'`,
    ].join('; ');
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Strata preview</title>
<link rel="stylesheet" href="${escapeAttribute(page.styleUri)}">
</head>
<body>
<div id="preview"></div>
<script nonce="${escapeAttribute(page.nonce)}" src="${escapeAttribute(page.scriptUri)}"></script>
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
    return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
