/** Runs git in a folder of a test: with a name to commit by, whatever the settings of whoever runs it. */
import { execFileSync } from 'node:child_process';

const settings = ['user.name=a', 'user.email=a@example.org', 'commit.gpgSign=false'].flatMap((setting) => ['-c', setting]);

/** Gives what git prints. */
export const gitIn =
    (folder: string) =>
    (given: readonly string[], input = ''): string =>
        execFileSync('git', [...settings, ...given], { cwd: folder, input, encoding: 'utf8' });
