/** Finds the Neovim that a test drives, and installs Debian's package where that is possible without asking anybody. */
import { spawnSync } from 'node:child_process';
import { installDebianPackage } from './debian-package.ts';

/** Nothing where it is not there and can't be installed: it is one of many editors. */
export function setUpNeovim(): boolean {
    return hasNeovim() || (installDebianPackage('neovim') && hasNeovim());
}

export function hasNeovim(): boolean {
    return spawnSync('nvim', ['--version'], { stdio: 'ignore' }).status === 0;
}
