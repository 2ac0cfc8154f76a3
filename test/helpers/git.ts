/** git in a folder of a test: with a name to commit by, and nothing of the settings of whoever runs it that would ask or sign. */
import { execFileSync } from 'node:child_process';

const settings = ['user.name=a', 'user.email=a@example.org', 'commit.gpgSign=false'].flatMap((setting) => ['-c', setting]);

/** Runs git with the words, and gives what it prints. */
export const gitIn =
    (folder: string) =>
    (given: readonly string[], input = ''): string =>
        execFileSync('git', [...settings, ...given], { cwd: folder, input, encoding: 'utf8' });
