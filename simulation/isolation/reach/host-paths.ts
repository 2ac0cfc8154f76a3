/** What paths of a host mean to whoever may write them, or reach the sockets in them. */
import { powerOfDevice } from './devices.ts';

/** A path as the kernel reads it: no doubled or trailing slashes, no `.` and `..`. Undefined for what is no path of the host, such as a named volume. */
export function hostPath(source: string): string | undefined {
    if (/^[A-Za-z]:[\\/]/.test(source) || source.startsWith('\\\\')) return source.replaceAll('/', '\\').replace(/\\+$/, '').toLowerCase();
    if (!source.startsWith('/')) return undefined;
    const steps: string[] = [];
    for (const step of source.split('/')) {
        if (step === '..') steps.pop();
        else if (step !== '' && step !== '.') steps.push(step);
    }
    return `/${steps.join('/')}`;
}

/** Whether a mount comes from the host, not from a volume that the engine keeps. */
export function isHostPath(source: string): boolean {
    return hostPath(source) !== undefined || source.startsWith('.') || source.startsWith('~');
}

/** The engine's socket in a mounted path: the path itself, or one that a mounted directory holds. */
export function engineSocketIn(source: string): string | undefined {
    const path = hostPath(source);
    if (path === undefined) return undefined;
    if (/^\\\\[.?]\\pipe\\(docker_engine|containerd-containerd)/.test(path)) return path;
    const real = path.replace(/^\/var\/run(?=\/|$)/, '/run');
    return engineSockets.find((socket) => isWithin(real, socket)) ?? (socketNames.test(path) && !real.startsWith('/run/user/') ? path : undefined);
}

/** Why whoever may write a path of the host is root of it; undefined where it is only data. */
export function powerOverHost(source: string): string | undefined {
    const path = hostPath(source);
    if (path === undefined) return undefined;
    if (/^[a-z]:$|^[a-z]:\\(windows|programdata\\docker)(\\|$)/.test(path)) return 'the programs and settings of the host are in it';
    const real = path.replace(/^\/var\/run(?=\/|$)/, '/run');
    return hostPowers.find((power) => isWithin(real, power.at) || (power.below && isWithin(power.at, real)))?.because ?? powerOfDevice(real);
}

/** Sockets whose owner runs containers as root. */
const engineSockets: readonly string[] = [
    '/run/docker.sock',
    '/run/containerd/containerd.sock',
    '/run/podman/podman.sock',
    '/run/crio/crio.sock',
    '/var/lib/lxd/unix.socket',
    '/var/snap/lxd/common/lxd/unix.socket',
    '/var/lib/incus/unix.socket',
];
const socketNames = /\/(docker|containerd|podman|crio|cri-dockerd|dockershim)\.sock$/;

interface HostPower {
    readonly at: string;
    /** Whether every path below it counts as well, not only those above. */
    readonly below: boolean;
    readonly because: string;
}

const runBySystem = 'the system runs as root what it says';

/** Writable paths that make root. Sources: CIS Docker Benchmark 5.6; KICS volume_has_sensitive_host_directory; hier(7), core(5), cgroups(7). */
const hostPowers: readonly HostPower[] = [
    { at: '/proc/sys', below: true, because: '/proc/sys/kernel/core_pattern names a program that the kernel runs as root' },
    { at: '/sys/fs/cgroup', below: true, because: 'cgroup v1 runs its release_agent as root, and either version sets the limits of all others' },
    { at: '/sys/kernel', below: true, because: '/sys/kernel/uevent_helper names a program that the kernel runs as root' },
    { at: '/dev', below: false, because: 'disks and memory are files in it' },
    { at: '/root', below: true, because: "root's keys and profile are in it" },
    { at: '/boot', below: true, because: 'the next boot runs the kernel in it' },
    ...below('', ['bin', 'sbin', 'lib', 'lib64'], 'root runs the programs in it'),
    ...below('/usr', ['bin', 'sbin', 'lib', 'lib64', 'libexec', 'local/bin', 'local/sbin', 'local/lib'], 'root runs the programs in it'),
    ...below(
        '/etc',
        ['passwd', 'shadow', 'group', 'sudoers', 'sudoers.d', 'ssh', 'pam.d', 'profile', 'profile.d', 'ld.so.preload', 'ld.so.conf.d'],
        'it says who becomes root',
    ),
    ...below('/etc', ['crontab', 'cron.d', 'cron.daily', 'cron.hourly', 'systemd', 'init.d', 'docker', 'containerd', 'kubernetes'], runBySystem),
    { at: '/var/spool/cron', below: true, because: runBySystem },
    ...below('/var/lib', ['docker', 'containerd', 'containers', 'kubelet', 'lxc', 'lxd', 'incus'], "the engine's state is in it: the files of every container"),
];

function below(folder: string, names: readonly string[], because: string): readonly HostPower[] {
    return names.map((name) => ({ at: `${folder}/${name}`, below: true, because }));
}

/** Whether `inner` is the directory `outer` or lies below it. */
function isWithin(outer: string, inner: string): boolean {
    return outer === inner || outer === '/' || inner.startsWith(`${outer}/`);
}
