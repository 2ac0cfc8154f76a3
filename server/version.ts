/** The version of Strata, as its manifest has it. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The manifest stands above this file in the source tree and above the bundle (where `import.meta` is empty). */
export function strataVersion(): string {
    const own = import.meta.filename as string | undefined;
    const manifest: unknown = JSON.parse(readFileSync(join(own === undefined ? __dirname : dirname(own), '..', 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
}
