/** How a command ends that could not do its work. */

/** The command could not do its work, and this one line says why: exit code 2. */
export class CannotWork extends Error {
    override readonly name = 'CannotWork';
}
