/** Shows an address in the reader's browser, if there is one. */
import { spawn } from 'node:child_process';

/** Never fails: the address was printed, and can be opened by hand. */
export function openBrowser(address: string): void {
    const [command, before] = opener();
    const child = spawn(command, [...before, address], { detached: true, stdio: 'ignore' });
    child.on('error', () => undefined);
    child.unref();
}

function opener(): readonly [string, readonly string[]] {
    switch (process.platform) {
        case 'darwin':
            return ['open', []];
        case 'win32':
            return ['rundll32', ['url.dll,FileProtocolHandler']];
        default:
            return ['xdg-open', []];
    }
}
