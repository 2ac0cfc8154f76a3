/** A short name for what a text says: equal only for equal texts, on every platform that the server runs on. */
export async function revisionOf(text: string): Promise<string> {
    const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
