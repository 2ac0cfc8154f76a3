/** Entry of the page: finds out who hosts it, and starts. */
import { browserHost } from './browser-host.ts';
import { startPage } from './page.ts';
import { vscodeHost } from './vscode-host.ts';

const root = document.getElementById('preview');
if (root !== null) {
    const inEditor = vscodeHost();
    if (inEditor === undefined) {
        document.documentElement.classList.add('browser');
    }
    startPage(root, inEditor ?? browserHost());
}
