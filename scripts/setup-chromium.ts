/** Finds the Chromium that the browser tests drive, and installs Debian's package where that is possible without asking anybody. */
import * as fs from 'node:fs';
import { installDebianPackage } from './debian-package.ts';

/** Where the usual packages put it; `CHROMIUM` names any other place. */
const places = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Headless flags that keep it off the network and out of the sandbox that containers do not allow. */
export const chromiumArguments = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
] as const;

/** The program's path; throws with the name of the missing package where it can't be installed. */
export function setUpChromium(): string {
    return findChromium() ?? installChromium();
}

function findChromium(): string | undefined {
    const chosen = process.env['CHROMIUM'];
    if (chosen !== undefined) {
        if (!fs.existsSync(chosen)) {
            throw new Error(`CHROMIUM is set to ${chosen}, which does not exist.`);
        }
        return chosen;
    }
    return places.find((place) => fs.existsSync(place));
}

function installChromium(): string {
    const found = installDebianPackage('chromium') ? findChromium() : undefined;
    if (found === undefined) {
        throw new Error('Chromium is missing: install the package "chromium", or name a Chromium or Chrome in the environment variable CHROMIUM.');
    }
    return found;
}
