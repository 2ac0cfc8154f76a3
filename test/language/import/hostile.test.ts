/** Whatever files hold, an importer refuses them at a place of theirs, or makes a text of them in which the language finds nothing wrong. */
import { describe, expect, test } from 'vitest';
import { effort, patience } from '../../helpers/effort.ts';
import { complaintsAbout, importTexts } from '../../helpers/imports.ts';
import { mutatedTexts } from '../../helpers/mutated-texts.ts';

const originals: Readonly<Record<string, readonly string[]>> = {
    compose: [
        `services:
  web: { image: nginx, cpus: 0.5, cpu_shares: 512, mem_limit: 512m, pids_limit: 100, depends_on: [db], scale: 2, user: "1000", volumes: ["/srv:/data:ro"], restart: always }
  db: { image: postgres, cpuset: "0-1", deploy: { replicas: 1, resources: { limits: { cpus: "1.5", memory: 1g }, reservations: { memory: 256M } } }, network_mode: host, privileged: true }
`,
    ],
    kubernetes: [
        `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  template:
    spec:
      initContainers: [{ name: init, image: i, resources: { requests: { cpu: 2, memory: 1Gi } } }]
      containers:
      - { name: app, image: a, resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { cpu: 1.5, memory: 256Mi } }, securityContext: { runAsUser: 1000, capabilities: { add: [NET_ADMIN] } } }
      - { name: log, image: l, volumeMounts: [{ name: v, mountPath: /v }] }
      volumes: [{ name: v, hostPath: { path: /var/log } }]
`,
        '{ "apiVersion": "v1", "kind": "List", "items": [{ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "p" }, "spec": { "overhead": { "cpu": "250m" }, "containers": [{ "name": "c", "image": "i" }] } }] }',
        '{ apiVersion: v1, kind: Node, metadata: { name: n1 }, status: { capacity: { cpu: "8", memory: 32Gi }, nodeInfo: { architecture: arm64, operatingSystem: linux } } }',
    ],
    libvirt: [
        `<domain type='kvm'>
  <name>db</name><memory unit='MiB'>4096</memory><currentMemory unit='KiB'>2097152</currentMemory>
  <metadata><o:libosinfo xmlns:o='x'><o:os id='http://debian.org/debian/12'/></o:libosinfo></metadata>
  <vcpu current='2'>4</vcpu>
  <cputune><shares>200</shares><period>100000</period><quota>50000</quota></cputune>
  <memtune><min_guarantee>1024</min_guarantee></memtune>
  <os><type arch='x86_64'>hvm</type></os>
  <devices><disk type='file'><source file='/a'/><target dev='vda'/><iotune><total_bytes_sec>1000000</total_bytes_sec><total_iops_sec>500</total_iops_sec></iotune></disk></devices>
</domain>`,
        "<domain type='lxc'><name>c</name><memory>1048576</memory><devices><filesystem><source dir='/a'/><target dir='/b'/></filesystem></devices></domain>",
    ],
    proxmox: [
        'name: db\ncores: 4\nsockets: 2\nvcpus: 6\nmemory: 8192\nballoon: 4096\ncpulimit: 1.5\ncpuunits: 200\nostype: win11\nonboot: 1\nscsi0: a:b,size=32G,iops=100,mbps=20\n[old]\nmemory: 1\n',
        'rootfs: a:b,size=8G\nhostname: ct\ncores: 2\nmemory: 1024\nswap: 256\nunprivileged: 1\nmp0: /srv,mp=/data,ro=1\ndev0: /dev/kvm\n',
    ],
    'docker-inspect': [
        '[{ "Name": "/web", "Id": "0123456789abcdef", "HostConfig": { "CpuShares": 512, "NanoCpus": 1500000000, "Memory": 536870912, "MemorySwap": 805306368, "PidsLimit": 200, "BlkioWeight": 500, "CpusetCpus": "0-1", "CapAdd": ["NET_ADMIN"], "PidMode": "host", "RestartPolicy": { "Name": "always", "MaximumRetryCount": 0 } }, "Config": { "Image": "nginx", "User": "1000" }, "Mounts": [{ "Type": "bind", "Source": "/srv", "Destination": "/data", "RW": false }] }]',
    ],
    'this-machine': ['{ "machine": [{ "hostname": "rack1", "platform": "linux", "arch": "x64", "cpus": 16, "memory": 68719476736 }] }'],
};
const nameOf: Readonly<Record<string, string>> = {
    libvirt: 'a.xml',
    proxmox: '100.conf',
    'docker-inspect': 'a.json',
    'this-machine': 'node.json',
    compose: 'compose.yaml',
};

describe.each(Object.keys(originals))('%s', (format) => {
    test(
        'refuses at a place, or makes a text without errors',
        () => {
            let imported = 0;
            for (const source of mutatedTexts(20261128, effort({ gate: 100, soak: 20_000 }), originals[format])) {
                const file = nameOf[format] ?? 'a.yaml';
                const { text, errors, outcome } = importTexts(format, { [file]: source });
                if (outcome.kind === 'refused') {
                    expect(errors.length, source).toBeGreaterThan(0);
                    expect(errors[0], source).toMatch(/^\S+:\d+:\d+ /);
                    expect(errors.join(), source).not.toMatch(/(?<!-)\bundefined\b|\[object/);
                } else {
                    imported += 1;
                    expect(complaintsAbout(text), `${source}\n---\n${text}`).toEqual([]);
                }
            }
            // Were all refused, nothing would be known of the rest.
            expect(imported).toBeGreaterThan(5);
        },
        patience,
    );
});
