/** Whatever was thrown, as text for those who look for the bug: with the way there where it has one. */
export function errorText(error: unknown): string {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
