/** Pods and what makes Pods stand in the control groups of a kubelet, on nodes whose size is known only where a file says it. */
import { describe, expect, test } from 'vitest';
import { bodyOf, complaintsAbout, importTexts } from '../../helpers/imports.ts';

const manifest = (text: string) => importTexts('kubernetes', { 'a.yaml': text });
const pod = (spec: string) => manifest(`apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n${spec.replace(/^/gm, '  ')}`);
const workload = (version: string, kind: string, spec: string) =>
    manifest(`apiVersion: ${version}\nkind: ${kind}\nmetadata: { name: w }\nspec: { ${spec} template: { spec: { containers: [{ name: c, image: i }] } } }`);

test('Pods of the three classes stand where a kubelet puts them', () => {
    const imported = manifest(`
apiVersion: v1
kind: List
items:
- { apiVersion: v1, kind: Pod, metadata: { name: sure }, spec: { containers: [{ name: c, image: i, resources: { limits: { cpu: 1, memory: 1Gi } } }] } }
- { apiVersion: v1, kind: Pod, metadata: { name: poor }, spec: { containers: [{ name: c, image: i }] } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  template:
    spec:
      containers:
      - name: nginx
        image: nginx:1.27
        resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { memory: 256M } }
`);
    expect(bodyOf(imported)).toBe(`// Manifests do not say how large their nodes are: give the host its \`cpu\` and \`memory\`.
host node {
  label size "unknown"
  os linux

  // Without a seccompProfile containers run unconfined, unless the kubelet says \`seccompDefault\`.
  engine containerd {
    pod sure {
      cpu weight 100

      container c {
        image "i"
        cpu limit 1 core
        memory limit 1 GiB
        cpu reserve 1 core
        memory reserve 1 GiB
        seccomp unconfined
        restart always
      }
    }

    // Pods that request some of what they may take: together they weigh what they request.
    slice burstable {
      cpu weight 40

      pod web[3] {
        label namespace "shop"
        cpu weight 17

        container nginx {
          image "nginx:1.27"
          memory limit 250000 KiB
          cpu reserve 0.1 cores
          memory reserve 128 MiB
          seccomp unconfined
          restart always
        }
      }
    }

    // Pods that request nothing: they get what is left, and are the first to be killed.
    slice besteffort {
      cpu weight 1

      pod poor {
        container c {
          image "i"
          seccomp unconfined
          restart always
        }
      }
    }
  }
}
`);
    expect(complaintsAbout(imported.text)).toEqual([]);
});

describe('what makes Pods', () => {
    test.each([
        ['v1', 'ReplicationController', 'replicas: 2,', 'pod w[2] {'],
        ['apps/v1', 'ReplicaSet', 'replicas: 0,', 'pod w[0] {'],
        ['apps/v1', 'Deployment', '', 'pod w {'],
        ['extensions/v1beta1', 'DaemonSet', '', '// One on each node.\n      pod w {'],
        ['apps/v1', 'StatefulSet', 'replicas: 4,', 'pod w[4] {'],
        ['batch/v1', 'Job', 'parallelism: 5,', 'pod w[5] {'],
        ['batch/v1', 'Job', 'suspend: true,', 'pod w[0] {'],
    ])('of %s is %s, with %s', (version, kind, spec, written) => {
        const imported = workload(version, kind, spec);
        expect(imported.errors).toEqual([]);
        expect(imported.text).toContain(written);
        expect(complaintsAbout(imported.text)).toEqual([]);
    });

    test('at certain times says when', () => {
        const { text } = manifest(
            'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: w }\nspec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: c, image: i }] } } } } }',
        );
        expect(text).toContain('// Its schedule: 0 3 * * *\n');
    });

    test('is counted once where what it made stands beside it', () => {
        const made = (kind: string, owner: string, spec: string) =>
            `---\napiVersion: ${kind === 'Pod' ? 'v1' : 'apps/v1'}\nkind: ${kind}\nmetadata: { name: ${kind.toLowerCase()}, ownerReferences: [{ kind: ${owner}, name: ${owner.toLowerCase()}, controller: true }] }\nspec: ${spec}\n`;
        const spec = '{ containers: [{ name: c, image: i }] }';
        const { text, report } = manifest(
            `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: deployment }\nspec: { template: { spec: ${spec} } }\n${made('ReplicaSet', 'Deployment', `{ template: { spec: ${spec} } }`)}${made('Pod', 'ReplicaSet', spec)}`,
        );
        expect(text.match(/pod \w+ \{/g)).toEqual(['pod deployment {']);
        expect(report.filter((line) => line.includes('is made by'))).toHaveLength(2);
    });

    test('is told from what makes none', () => {
        const { text, report } = manifest(
            'apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: {}\n---\napiVersion: example.org/v1\nkind: Deployment\nmetadata: { name: d }',
        );
        expect(text).toContain('engine containerd {}');
        expect(report).toEqual(['1  not-carried-over: The Service s, which makes no Pods', '6  not-carried-over: The Deployment d, which makes no Pods']);
    });
});

test('init containers begin one after the other, and hold nothing once they ended', () => {
    const imported = pod(`
initContainers:
- { name: migrate, image: m, resources: { requests: { cpu: 2, memory: 1Gi } } }
- { name: proxy, image: e, restartPolicy: Always, resources: { requests: { cpu: 100m } } }
containers:
- { name: app, image: a, resources: { requests: { cpu: 500m, memory: 256Mi } } }
- { name: log, image: l }`);
    expect(imported.text).toMatch(/pod p \{\n\s+cpu weight 174\n\s+cpu reserve 2 cores\n\s+memory reserve 1 GiB\n/);
    expect(imported.text).toMatch(/container migrate \{\n\s+image "m"\n\s+cpu weight 174\n\s+seccomp unconfined\n\s+restart on-failure\n\s+\}/);
    expect(imported.text).toMatch(/container proxy \{[^}]*restart always\n\s+after migrate\n/);
    expect(imported.text).toMatch(/container app \{[^}]*cpu reserve 0\.5 cores[^}]*after proxy\n/);
    expect(imported.text).toMatch(/container log \{[^}]*cpu weight 1\n[^}]*after proxy\n/);
    expect(complaintsAbout(imported.text)).toEqual([]);
});

test('rights, namespaces, volumes and runtimes are carried over', () => {
    const imported = pod(`
hostPID: true
hostNetwork: true
hostIPC: true
hostUsers: false
runtimeClassName: kata-qemu
restartPolicy: Never
securityContext: { runAsUser: 1000, seccompProfile: { type: RuntimeDefault } }
containers:
- name: a
  image: i
  securityContext: { privileged: true, runAsUser: 0, capabilities: { drop: [ALL], add: [CAP_NET_ADMIN] } }
  volumeMounts: [{ name: run, mountPath: /run/x, subPath: docker.sock, readOnly: yes }, { name: data, mountPath: /data }]
- { name: b, image: i, securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true } }
volumes: [{ name: run, hostPath: { path: /run } }, { name: data, emptyDir: {} }]`);
    expect(imported.text).toMatch(
        /container a \{\s+image "i"\s+namespace pid host\s+namespace network host\s+namespace ipc host\s+namespace user own\s+runtime kata\s+privileged on\s+capability drop ALL\s+capability add NET_ADMIN\s+mount "\/run\/docker.sock" "\/run\/x" ro\s+\}/,
    );
    expect(imported.text).toMatch(/user 1000\s+read-only on\s+no-new-privileges on\s+\}/);
    expect(imported.report).toEqual(['19 spec.volumes[1] not-carried-over: The volume data of kind emptyDir']);
    expect(complaintsAbout(imported.text)).toEqual([]);
});

test('a Pod that shares its processes does so with one that stays', () => {
    const { text } = pod('shareProcessNamespace: true\ninitContainers: [{ name: i, image: i }]\ncontainers: [{ name: a, image: i }, { name: b, image: i }]');
    expect(text.match(/namespace pid \w+/g)).toEqual(['namespace pid a', 'namespace pid a']);
});

test('a user that is not root is one, whichever it is', () => {
    expect(pod('securityContext: { runAsNonRoot: true }\ncontainers: [{ name: a, image: i }]').text).toContain('user 65534  // runAsNonRoot');
});

test('nodes that a file describes are hosts with a size, and others stand beside them', () => {
    const imported = manifest(`
{ apiVersion: v1, kind: Node, metadata: { name: n1 }, status: { capacity: { cpu: "8", memory: 32Gi }, nodeInfo: { architecture: arm64, operatingSystem: linux } } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: here }, spec: { nodeName: n1, containers: [{ name: c, image: i }] } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: there }, spec: { nodeSelector: { kubernetes.io/os: windows }, containers: [{ name: c, image: i }] } }`);
    expect(imported.text).toContain('host n1 {\n  cpu 8 cores\n  memory 32 GiB\n  os linux\n  arch arm64\n');
    expect(imported.text).toContain('host node-windows {\n  label size "unknown"\n  os windows-server\n');
    expect(complaintsAbout(imported.text)).toEqual([]);
});

test('what is not carried over is told with its place, and a misspelt field with what was meant', () => {
    const { outcome } = pod('containers:\n- name: a\n  image: i\n  env: [{ name: A, value: b }]\n  resource: {}');
    const report = outcome.kind === 'imported' ? outcome.report.map(({ line, column, path, remedy }) => `${line}:${column} ${path} ${remedy}`) : [];
    expect(report).toEqual([
        '8:5 spec.containers[0].env Nothing to do: no figure and no wall of the model depends on it.',
        '9:5 spec.containers[0].resource Did you mean resources?',
    ]);
});

describe('is refused at its place:', () => {
    const container = (rest: string) => `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers:\n  - name: a\n    image: i\n    ${rest}`;
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x]', ...Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(8)}]`)].join('\n');
    test.each([
        ['an alias bomb', bomb, /yaml-aliases/],
        ['a template', 'kind: Pod\nspec: { replicas: {{ .Values.n }} }', /^a\.yaml:2:19 {2}kubernetes-template/],
        ['nothing', '---\n---\n', /kubernetes-empty/],
        ['text', 'hello', /kubernetes-type An object must be a mapping/],
        ['no version', 'kind: Pod', /kubernetes-required An object must have an apiVersion/],
        [
            'a kind in the wrong version',
            'apiVersion: v1\nkind: Deployment\nmetadata: { name: a }',
            /^a\.yaml:1:1 apiVersion kubernetes-value There is no Deployment/,
        ],
        ['no name', 'apiVersion: v1\nkind: Pod\nspec: { containers: [{ name: a, image: i }] }', /kubernetes-required This Pod has no name/],
        [
            'a name in capitals',
            'apiVersion: v1\nkind: Pod\nmetadata: { name: Web }\nspec: { containers: [{ name: a, image: i }] }',
            /^a\.yaml:3:13 metadata\.name kubernetes-name/,
        ],
        ['no spec', 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }', /kubernetes-required A Pod must have spec/],
        ['no containers', 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: {}', /^a\.yaml:4:7 spec kubernetes-required/],
        [
            'containers that are no list',
            'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: { name: a } }',
            /spec\.containers kubernetes-type/,
        ],
        ['no image', container('').replace('    image: i\n', ''), /spec\.containers\[0\] kubernetes-required The container a has no image/],
        ['an image that is a number', container('').replace('image: i', 'image: 1'), /^a\.yaml:7:12 spec\.containers\[0\]\.image kubernetes-type/],
        ['two of one name', container('').replace(/$/, '\n  - { name: a, image: i }'), /kubernetes-name A container before it is called a/],
        ['a name with an underscore', container('').replace('name: a', 'name: a_b'), /containers\[0\]\.name kubernetes-name/],
        [
            'a quantity that is none',
            container('resources: { limits: { memory: 1GiB } }'),
            /^a\.yaml:8:36 spec\.containers\[0\]\.resources\.limits\.memory kubernetes-value/,
        ],
        ['a quantity that is no number', container('resources: { limits: { cpu: .nan } }'), /limits\.cpu kubernetes-value/],
        ['less than nothing', container('resources: { requests: { cpu: -1 } }'), /requests\.cpu kubernetes-value/],
        [
            'a request above its limit',
            container('resources: { requests: { cpu: 2 }, limits: { cpu: 1500m } }'),
            /requests\.cpu kubernetes-value The request of cpu is above/,
        ],
        ['a resource of no domain', container('resources: { limits: { gpu: 1 } }'), /limits\.gpu kubernetes-value There is no resource/],
        [
            'replicas as text',
            'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { replicas: "3", template: { spec: { containers: [{ name: a, image: i }] } } }',
            /^a\.yaml:4:19 spec\.replicas kubernetes-type/,
        ],
        [
            'a policy that does not exist',
            'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { restartPolicy: Sometimes, containers: [{ name: a, image: i }] }',
            /spec\.restartPolicy kubernetes-value/,
        ],
        ['a mount of no volume', container('volumeMounts: [{ name: v, mountPath: /v }]'), /volumeMounts\[0\]\.name kubernetes-value/],
        [
            'two mounts at one place',
            container('volumeMounts: [{ name: v, mountPath: /v }, { name: v, mountPath: /v }]\n  volumes: [{ name: v }]'),
            /volumeMounts\[1\]\.mountPath kubernetes-value/,
        ],
        ['a port beyond its bounds', container('ports: [{ containerPort: 70000 }]'), /ports\[0\]\.containerPort kubernetes-type/],
        [
            'a privileged one without rights',
            container('securityContext: { privileged: true, allowPrivilegeEscalation: false }'),
            /allowPrivilegeEscalation kubernetes-value/,
        ],
        ['a flag as text', container('securityContext: { privileged: "maybe" }'), /privileged kubernetes-type/],
        ['a user below nothing', container('securityContext: { runAsUser: -1 }'), /runAsUser kubernetes-type/],
        ['a path that goes up', container('').replace(/$/, '\n  volumes: [{ name: v, hostPath: { path: /a/../b } }]'), /hostPath\.path kubernetes-value/],
    ])('%s', (_, text, message) => {
        expect(manifest(text).errors[0]).toMatch(message);
    });
});
