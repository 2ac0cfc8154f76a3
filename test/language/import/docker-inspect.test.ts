/** Containers that `docker inspect` prints are written as they run. */
import { describe, expect, test } from 'vitest';
import { bodyOf, complaintsAbout, importTexts } from '../../helpers/imports.ts';

/** What Docker prints of a container for which nobody asked for anything. */
const plain = {
    Binds: null,
    ContainerIDFile: '',
    LogConfig: { Type: 'json-file', Config: {} },
    NetworkMode: 'bridge',
    PortBindings: {},
    RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
    AutoRemove: false,
    VolumeDriver: '',
    VolumesFrom: null,
    ConsoleSize: [24, 80],
    CapAdd: null,
    CapDrop: null,
    CgroupnsMode: 'private',
    Dns: [],
    ExtraHosts: null,
    GroupAdd: null,
    IpcMode: 'private',
    Cgroup: '',
    Links: null,
    OomScoreAdj: 0,
    PidMode: '',
    Privileged: false,
    PublishAllPorts: false,
    ReadonlyRootfs: false,
    SecurityOpt: null,
    UTSMode: '',
    UsernsMode: '',
    ShmSize: 67108864,
    Runtime: 'runc',
    Isolation: '',
    CpuShares: 0,
    Memory: 0,
    NanoCpus: 0,
    CgroupParent: '',
    BlkioWeight: 0,
    CpuPeriod: 0,
    CpuQuota: 0,
    CpusetCpus: '',
    Devices: [],
    DeviceRequests: null,
    MemoryReservation: 0,
    MemorySwap: 0,
    MemorySwappiness: null,
    OomKillDisable: null,
    PidsLimit: null,
    Ulimits: [],
    MaskedPaths: ['/proc/kcore'],
    ReadonlyPaths: ['/proc/sys'],
};

const container = (name: string, host: object = {}, rest: object = {}) => ({
    Id: `${name}0123456789abcdef`,
    Name: `/${name}`,
    Platform: 'linux',
    State: { Status: 'running', Running: true },
    HostConfig: { ...plain, ...host },
    Mounts: [],
    Config: { Image: 'nginx:1.27', User: '' },
    NetworkSettings: { Bridge: '' },
    ...rest,
});
const inspected = (...containers: readonly object[]) => importTexts('docker-inspect', { 'a.json': JSON.stringify(containers, undefined, 4) });

test('a container for which nobody asked for anything is its image', () => {
    const imported = inspected(container('web'));
    expect(bodyOf(imported)).toBe(`// Containers do not say how large their host is: give it its \`cpu\` and \`memory\`.
host machine {
  label size "unknown"
  os linux

  engine docker {
    container web { image "nginx:1.27" }
  }
}
`);
    expect(imported.report).toEqual([]);
});

test('limits, rights, namespaces, mounts and policies are carried over', () => {
    const imported = inspected(
        container(
            'web',
            {
                CpuShares: 512,
                NanoCpus: 1_500_000_000,
                CpusetCpus: '0-1,3',
                Memory: 536_870_912,
                MemorySwap: 805_306_368,
                MemoryReservation: 268_435_456,
                PidsLimit: 200,
                BlkioWeight: 500,
                PidMode: 'host',
                NetworkMode: 'container:db0123456789abcdef',
                UsernsMode: 'host',
                Privileged: true,
                CapAdd: ['CAP_NET_ADMIN'],
                CapDrop: ['ALL'],
                SecurityOpt: ['seccomp=unconfined', 'no-new-privileges:true', 'apparmor=unconfined'],
                ReadonlyRootfs: true,
                Devices: [{ PathOnHost: '/dev/kvm', PathInContainer: '/dev/kvm', CgroupPermissions: 'rwm' }],
                Runtime: 'runsc',
                RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
                OomScoreAdj: -500,
            },
            {
                Config: { Image: 'nginx:1.27', User: '1000:1000', Env: ['SECRET=hunter2'] },
                Mounts: [
                    { Type: 'bind', Source: '/srv', Destination: '/data', Mode: 'ro', RW: false, Propagation: 'rprivate' },
                    { Type: 'volume', Name: 'cache', Source: '/var/lib/docker/volumes/cache/_data', Destination: '/cache', Driver: 'local', RW: true },
                ],
            },
        ),
        container('db', { CpuQuota: 50_000, Memory: 104_857_600 }, { State: { Status: 'exited' } }),
    );
    expect(imported.text).toContain(`    container web {
      image "nginx:1.27"
      cpu weight 59  // 512 CPU shares
      cpu limit 1.5 cores
      cpu set 0-1,3
      memory limit 512 MiB
      memory swap 256 MiB
      memory reserve 256 MiB
      pids limit 200
      io weight 4950  // block I/O weight 500
      namespace pid host
      namespace network db
      namespace user host
      privileged on
      capability drop ALL
      capability add NET_ADMIN
      user 1000
      seccomp unconfined
      no-new-privileges on
      read-only on
      mount "/srv" "/data" ro
      mount "cache" "/cache"
      device "/dev/kvm"
      runtime gvisor
      restart on-failure
    }

    container db {
      image "nginx:1.27"
      cpu limit 0.5 cores
      memory limit 100 MiB
      memory swap 100 MiB
      autostart off  // it does not run: exited
    }`);
    expect(complaintsAbout(imported.text)).toEqual([]);
    expect(imported.report.map((line) => line.replace(/^\d+ /, ''))).toEqual([
        '[0].HostConfig.RestartPolicy approximated: It is started again as often as it fails, not 3 times',
        '[0].HostConfig.OomScoreAdj not-carried-over: The setting OomScoreAdj',
        '[0].HostConfig.SecurityOpt[2] not-carried-over: The option apparmor=unconfined',
        '[0].Config.Env not-carried-over: The setting Env',
    ]);
    expect(JSON.stringify(imported.outcome)).not.toContain('hunter2');
});

test('containers of Windows have a host of their own', () => {
    const imported = inspected(container('a'), container('b', {}, { Platform: 'windows', Config: { Image: 'mcr.microsoft.com/windows/servercore' } }));
    expect(imported.text).toMatch(
        /host machine \{[\s\S]*container a[\s\S]*host windows-machine \{\s+label size "unknown"\s+os windows-server[\s\S]*container b/,
    );
    expect(complaintsAbout(imported.text)).toEqual([]);
});

test('what cannot be known is told', () => {
    const { report } = inspected(
        container('a', { NetworkMode: 'container:gone', MemorySwap: -1, Runtime: 'own' }, { Config: { Image: 'i', User: 'postgres' } }),
    );
    expect(report.map((line) => line.replace(/^\d+ \[0\]\./, ''))).toEqual([
        'HostConfig.NetworkMode not-carried-over: The container gone is not described here',
        'HostConfig.Runtime not-carried-over: What the runtime own is, is not known',
        'HostConfig.MemorySwap not-carried-over: Swap without a limit',
        'Config.User not-carried-over: Only the image knows the number of the user postgres, so it counts as root',
    ]);
});

describe('is refused at its place:', () => {
    test.each([
        ['an image', '[{ "Id": "a", "RepoTags": [] }]', /^a\.json:1:2 \[0\] docker-inspect-kind This is an image/],
        ['a network', '[{ "Name": "a", "IPAM": {} }]', /This is a network/],
        ['a volume', '[{ "Name": "a", "Mountpoint": "/" }]', /This is a volume/],
        ['something else', '[1]', /docker-inspect-kind This is no container/],
        ['nothing', '', /docker-inspect-empty/],
        ['half of it', '[{ "Name": "/a", "HostConfig": {', /yaml-syntax/],
        ['memory as text', '[{ "Name": "/a", "HostConfig": { "Memory": "1g" } }]', /HostConfig\.Memory docker-inspect-type/],
        ['memory below nothing', '[{ "Name": "/a", "HostConfig": { "Memory": -5 } }]', /HostConfig\.Memory docker-inspect-type/],
        ['a number that is none', '[{ "Name": "/a", "HostConfig": { "NanoCpus": .nan } }]', /HostConfig\.NanoCpus docker-inspect-type/],
        ['less memory with swap than without', '[{ "Name": "/a", "HostConfig": { "Memory": 10, "MemorySwap": 5 } }]', /MemorySwap docker-inspect-value/],
        ['CPUs that are no list', '[{ "Name": "/a", "HostConfig": { "CpusetCpus": "a-b" } }]', /CpusetCpus docker-inspect-value/],
        [
            'a policy that does not exist',
            '[{ "Name": "/a", "HostConfig": { "RestartPolicy": { "Name": "never" } } }]',
            /RestartPolicy\.Name docker-inspect-value/,
        ],
        ['a list that is a text', '[{ "Name": "/a", "HostConfig": { "CapAdd": "ALL" } }]', /CapAdd docker-inspect-type/],
    ])('%s', (_, text, message) => {
        expect(importTexts('docker-inspect', { 'a.json': text }).errors[0]).toMatch(message);
    });
});
