/** Hands a text to the reader as a file, where the host has not put it anywhere. */
import { htmlNode } from './markup.ts';

/** Long enough for a browser to have begun with the download. */
const keptMilliseconds = 10_000;

export function saveFile(name: string, type: string, text: string): void {
    const address = URL.createObjectURL(new Blob([text], { type }));
    htmlNode('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), keptMilliseconds);
}
