/** All views on one page that needs nothing else: no script, no address, nothing to load. */
import { escapeXml, patternDefinitions } from '../picture/svg.ts';
import { pictureStyle } from '../picture/svg-style.ts';
import { type ViewOptions, viewNames, viewTitles } from '../protocol.ts';
import type { ViewSubject } from './view.ts';
import { drawingOf } from './views.ts';

const policy = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
const style = `body{margin:0 auto;max-width:1200px;padding:24px;font:15px/1.5 system-ui,sans-serif;color:#1c2128;background:#fff}
h1{font-size:1.5em}h2{font-size:1.15em;margin:2em 0 .4em}svg{display:block;max-width:100%;height:auto}a{color:inherit}
@media (prefers-color-scheme: dark){body{color:#e8eaed;background:#1e1f22}}`;

export function reportHtml(subject: ViewSubject, options: ViewOptions, file: string): string {
    const sections = viewNames.map((view) => {
        const { width, height, title, markup } = drawingOf(view, subject, options);
        return [
            `<h2 id="${view}">${viewTitles[view]}</h2>`,
            `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}">`,
            ...markup,
            '</svg>',
        ].join('\n');
    });
    return [
        '<!DOCTYPE html>',
        '<html lang="en">',
        '<head>',
        '<meta charset="utf-8">',
        `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        `<title>${escapeXml(file)}</title>`,
        `<style>${style}\n${pictureStyle()}</style>`,
        '</head>',
        '<body>',
        `<h1>${escapeXml(file)}</h1>`,
        `<nav>${viewNames.map((view) => `<a href="#${view}">${viewTitles[view]}</a>`).join(' · ')}</nav>`,
        `<svg width="0" height="0" aria-hidden="true"><defs>${patternDefinitions()}</defs></svg>`,
        ...sections,
        '</body>',
        '</html>',
        '',
    ].join('\n');
}
