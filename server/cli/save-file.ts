/** Writes what a command made to the file it was told. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CannotWork } from './cannot-work.ts';

/** Throws `CannotWork` where the file can't be written. */
export async function saveFile(directory: string, name: string, content: string): Promise<void> {
    try {
        await writeFile(resolve(directory, name), content);
    } catch (error) {
        throw new CannotWork(`${name}: cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    }
}
