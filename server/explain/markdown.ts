/** Markdown made of untrusted text: names and comments come from files that anyone may have written. */

/** Plain text in running Markdown: nothing in it formats, links or becomes HTML. */
export function escapeMarkdown(text: string): string {
    return text
        .replaceAll(/[\\`*_{}[\]()#+\-.!<>&|~:/@$"']/g, (mark) => (entities[mark] === undefined ? `\\${mark}` : entities[mark]))
        .replaceAll(/\s*[\r\n]+\s*/g, ' ');
}

/** Text as inline code; a fence longer than any run of backticks in it keeps it inside. */
export function codeSpan(text: string): string {
    const flat = text.replaceAll(/[\r\n]+/g, ' ');
    const fence = '`'.repeat(longestRun(flat) + 1);
    const padding = flat.startsWith('`') || flat.endsWith('`') || flat === '' ? ' ' : '';
    return `${fence}${padding}${flat}${padding}${fence}`;
}

/** Strata text as a block of code. */
export function codeBlock(text: string): string {
    const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
    return `${fence}strata\n${text}\n${fence}`;
}

/** `<`, `>`, `&` as entities: renderers differ in whether a backslash keeps HTML from beginning. `:` `/` `@` keep bare addresses from becoming links. */
const entities: Readonly<Record<string, string>> = {
    '<': '&lt;',
    '>': '&gt;',
    '&': '&amp;',
    ':': '&#58;',
    '/': '&#47;',
    '@': '&#64;',
    $: '&#36;',
    '"': '&quot;',
    "'": '&#39;',
};

function longestRun(text: string): number {
    return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
