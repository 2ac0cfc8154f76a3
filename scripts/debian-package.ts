/** Installs a package of Debian, as root on a machine that has such packages. */
import { type ExecFileSyncOptions, execFileSync, spawnSync } from 'node:child_process';

/** Whether it could be installed; that this machine is another kind of machine is no error. */
export function installDebianPackage(name: string): boolean {
    const hasApt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
    if (process.getuid?.() !== 0 || !hasApt) {
        return false;
    }
    console.log(`Installing the Debian package ${name} …`);
    const options: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], options);
    return true;
}
