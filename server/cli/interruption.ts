/** Waiting until somebody wants a command to end that would go on for ever. */

export function interruption(): Promise<void> {
    return new Promise((done) => {
        process.once('SIGINT', () => done());
        process.once('SIGTERM', () => done());
    });
}
