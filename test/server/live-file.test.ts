/** A file that a preview follows: what it is compared with is HEAD as it is now, also when only HEAD has moved. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { followFile, type LiveFile } from '#server/preview-host/live-file.ts';
import type { ChangeContent } from '#server/protocol.ts';
import { gitIn } from '../helpers/git.ts';

const text = (memory: string): string => `host h { cpu 4 cores  memory 8 GiB  os debian  process p { cpu 1 cores  memory ${memory} } }\n`;
const name = 'main.strata';

let home: string;
let live: LiveFile | undefined;
beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'strata-live-')));
});
afterEach(() => {
    live?.dispose();
    rmSync(home, { recursive: true, force: true });
});

async function changeOf({ view }: LiveFile): Promise<ChangeContent | undefined> {
    const answer = await view({ view: 'compare', options: { resource: 'memory', width: 800 } });
    return answer.kind === 'view' && answer.content.view === 'compare' ? answer.content.change : undefined;
}

const summaryOf = (change: ChangeContent | undefined): string => (change?.kind === 'known' ? change.summary : `unknown: ${change?.because}`);

/** Follows the file as a page does, which asks again only when it is told of a change: what it wants to see, it waits for no longer than the test may take. */
function follow(folder: string): (wanted: RegExp) => Promise<void> {
    let tell = (): void => undefined;
    const followed = followFile(join(folder, name), {
        onChanged: () => tell(),
        onTrouble: (error) => {
            throw error;
        },
    });
    live = followed;
    return async (wanted) => {
        for (;;) {
            const changed = new Promise<void>((done) => {
                tell = done;
            });
            if (wanted.test(summaryOf(await changeOf(followed)))) {
                return;
            }
            await changed;
        }
    };
}

/** Commits another text than the file in the folder has, which stays as it is. */
function commitText(folder: string, committed: string): void {
    const git = gitIn(folder);
    const blob = git(['hash-object', '-w', '--stdin'], committed).trim();
    git(['update-index', '--add', '--cacheinfo', `100644,${blob},${name}`]);
    git(['commit', '-qm', 'Another']);
}

describe('a followed file', () => {
    test('is compared anew after a commit, a reset and a checkout, though nobody has written it', async () => {
        writeFileSync(join(home, name), text('1 GiB'));
        const git = gitIn(home);
        git(['init', '-q']);
        commitText(home, text('1 GiB'));
        const seen = follow(home);
        await seen(/^No difference/);
        commitText(home, text('2 GiB'));
        await seen(/elements? changed/);
        git(['reset', '-q', 'HEAD~1']);
        await seen(/^No difference/);
        // Another branch with another text; the files are let alone.
        git(['symbolic-ref', 'HEAD', 'refs/heads/other']);
        commitText(home, text('3 GiB'));
        await seen(/elements? changed/);
    });

    test('is compared once its folder has become a repository', async () => {
        writeFileSync(join(home, name), text('1 GiB'));
        const seen = follow(home);
        await seen(/not a git repository/);
        gitIn(home)(['init', '-q']);
        commitText(home, text('1 GiB'));
        await seen(/^No difference/);
    });

    test.each(['with', 'without'])('is followed in a linked work tree, where .git is a file, %s a log of what HEAD was', async (logs) => {
        const first = join(home, 'first');
        mkdirSync(first);
        const git = gitIn(first);
        git(['init', '-q']);
        git(['config', 'core.logAllRefUpdates', String(logs === 'with')]);
        commitText(first, text('1 GiB'));
        git(['worktree', 'add', '-q', '-b', 'side', join(home, 'second')]);
        const seen = follow(join(home, 'second'));
        await seen(/^No difference/);
        commitText(join(home, 'second'), text('2 GiB'));
        await seen(/elements? changed/);
    });
});
