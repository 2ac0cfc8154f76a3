/** The licences of what others wrote and the bundles carry: read from the packages that esbuild says it took code from. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Metafile } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const introduction = 'What is installed holds code of the packages below, each under its own licence. All else is under the licence of Strata itself.';
const line = `\n\n${'-'.repeat(80)}\n\n`;

/** Throws where a package that is passed on does not say on which terms. */
export function thirdPartyNotices(metafiles: readonly Metafile[]): string {
    return `${[introduction, ...bundledPackages(metafiles).map(notice)].join(line)}\n`;
}

/** Their folders, relative to the repository. */
function bundledPackages(metafiles: readonly Metafile[]): readonly string[] {
    const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap((output) => Object.keys(output.inputs)));
    const folders = inputs.flatMap((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? []);
    return [...new Set(folders)].toSorted();
}

function notice(folder: string): string {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    const texts = licenceFiles(folder, name).map((file) => fs.readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim());
    if (typeof license !== 'string' || texts.length === 0) {
        throw new Error(`${folder} is bundled without the text of its licence: put the one of its repository into scripts/licences/.`);
    }
    return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}

/** Its own, else the one that its repository has and its package lacks. */
function licenceFiles(folder: string, name: string): readonly string[] {
    const own = fs.readdirSync(path.join(root, folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
    const kept = path.join(root, 'scripts', 'licences', `${name.replace('/', '__')}.txt`);
    return own.length > 0 ? own.toSorted().map((file) => path.join(root, folder, file)) : fs.existsSync(kept) ? [kept] : [];
}
