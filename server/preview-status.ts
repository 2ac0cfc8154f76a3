/** Whether what is shown is of the current text, and how many findings that text has. */
import type { Analysis } from './analysis.ts';
import type { PreviewStatus } from './protocol.ts';

/** `analysis` is of the current text; nothing where an edit came in between. */
export function previewStatus(uri: string, analysis: Analysis | undefined, good: Analysis | undefined): PreviewStatus {
    const findings = (analysis ?? good)?.findings ?? [];
    const counts = {
        errors: findings.filter(({ severity }) => severity === 'error').length,
        warnings: findings.filter(({ severity }) => severity === 'warning').length,
    };
    if (analysis === undefined) {
        return { stale: true, because: 'The text has just changed.', ...counts };
    }
    if (analysis.signature === good?.signature) {
        return { stale: false, ...counts };
    }
    const first = findings.find(({ severity }) => severity === 'error');
    const place =
        first === undefined
            ? ''
            : `${first.at.uri === uri ? 'line' : `${first.at.uri.slice(first.at.uri.lastIndexOf('/') + 1)}, line`} ${first.at.start.line + 1}: `;
    return { stale: true, because: `${place}${first?.message ?? 'The text can not be read.'}`, ...counts };
}
