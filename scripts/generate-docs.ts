/** Writes the documentation that is made from the code: the second half of `npm run generate`. */
import { writeFileSync } from 'node:fs';
import { checksPage, languagePage } from './generated-docs.ts';

writeFileSync(new URL('../docs/language.md', import.meta.url), languagePage());
writeFileSync(new URL('../docs/checks.md', import.meta.url), checksPage());
