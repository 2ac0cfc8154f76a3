/** Exports say what fits, tell what they leave out, and are read again by the importers of their formats. */
import { describe, expect, test } from 'vitest';
import { exporters } from '#language/export/exporters.ts';
import { exportText } from '../../helpers/exports.ts';
import { importTexts } from '../../helpers/imports.ts';

const machine = `host rack1 {
  cpu 16 cores
  memory 64 GiB
  os ubuntu
  hypervisor kvm {
    vm db {
      vcpus 4
      memory 16 GiB
      memory reserve 4 GiB
      cpu weight 200
      cpu limit 2.5 cores
      os debian
      disk data { size 100 GB  iops 500 }
      engine docker { container postgres { image "postgres:16"  process server { cpu 1 core } } }
    }
  }
  engine docker {
    slice front { cpu limit 2 cores  container web[3] { image "nginx"  cpu limit 0.5 cores  memory limit 256 MiB  restart always  after api } }
    container api { image "api"  user 1000  read-only on  capability drop ALL  mount "/srv/api" "/data" ro  namespace network host  cpu set 0-3 }
    pod batch { cpu limit 1 core  container a { image "a"  cpu reserve 0.25 cores }  container b { image "b"  namespace pid a } }
  }
}
`;

test('a Compose file has a service for each container, and tells what it does not say', () => {
    const { text, report } = exportText('compose', machine, 'rack1.docker');
    expect(text).toBe(`services:
  web:
    image: nginx
    scale: 3
    cpus: 0.5
    mem_limit: 256m
    memswap_limit: 256m
    restart: always
    depends_on:
      - api
  api:
    image: api
    cpuset: 0-3
    network_mode: host
    user: "1000"
    cap_drop:
      - ALL
    read_only: true
    volumes:
      - /srv/api:/data:ro
  a:
    image: a
    deploy:
      resources:
        reservations:
          cpus: "0.25"
  b:
    image: b
    pid: service:a
`);
    expect(report).toEqual([
        '18 rack1.docker.front not-carried-over: The slice front and its limits',
        '20 rack1.docker.batch not-carried-over: The network that the containers of batch share',
    ]);
});

test('containers of several engines are told, because one file runs on one', () => {
    expect(exportText('compose', machine).report).toContain('18 rack1.docker.front.web approximated: web stands on another engine than postgres');
});

test('Kubernetes has a Pod of each pod and container, and a Deployment of replicas', () => {
    const { text, report } = exportText('kubernetes', machine, 'rack1.docker');
    const documents = text.split('---\n');
    expect(documents.map((document) => /kind: (\w+)\nmetadata:\n {2}name: (\S+)/.exec(document)?.slice(1).join(' '))).toEqual([
        'Deployment web',
        'Pod api',
        'Pod batch',
    ]);
    expect(documents[0]).toContain('replicas: 3');
    expect(documents[1]).toContain('  hostNetwork: true\n');
    expect(documents[1]).toContain('runAsUser: 1000\n        readOnlyRootFilesystem: true\n');
    expect(documents[2]).toContain('  resources:\n    limits:\n      cpu: "1"\n  containers:\n    - name: a\n');
    expect(report).toContain('18 rack1.docker.front.web after not-carried-over: What it starts after');
    expect(report).toContain('19 rack1.docker.api cpu set not-carried-over: Its CPU set: Kubernetes gives whole CPUs itself');
});

test('a domain of libvirt is one VM', () => {
    const { text, report } = exportText('libvirt', machine, 'rack1.kvm.db');
    expect(text).toContain("<domain type='kvm'>\n  <name>db</name>\n  <memory unit='KiB'>16777216</memory>\n  <vcpu>4</vcpu>\n");
    expect(text).toContain('<shares>200</shares>');
    expect(text).toContain('<global_quota>250000</global_quota>');
    expect(report).toContain('13 rack1.kvm.db.data size not-carried-over: The size of data');
    const back = importTexts('libvirt', { 'db.xml': text });
    expect(back.errors).toEqual([]);
    for (const line of ['vcpus 4', 'memory 16 GiB', 'memory reserve 4 GiB', 'cpu weight 200', 'cpu limit 2.5 cores']) {
        expect(back.text).toMatch(new RegExp(`\\b${line}\\b`));
    }
});

describe.each(exporters.map(({ name }) => name))('%s', (name) => {
    test('is read again by its own importer', () => {
        const { text } = exportText(name, machine, name === 'libvirt' ? 'rack1.kvm.db' : 'rack1.docker');
        expect(importTexts(name, { [name === 'libvirt' ? 'a.xml' : 'a.yaml']: text }).errors).toEqual([]);
    });

    test('says so where nothing fits', () => {
        const { exported } = exportText(name, 'host a { cpu 1  memory 1 GiB  os debian  process p { cpu 1 } }\n');
        expect(exported).toMatchObject({ kind: 'unfit', because: expect.stringMatching(/^there is n/) });
    });
});

test('of several VMs one must be chosen', () => {
    const { exported } = exportText(
        'libvirt',
        'host a { cpu 9  memory 9 GiB  hypervisor kvm { vm x { vcpus 1  memory 1 GiB }  vm y { vcpus 1  memory 1 GiB } } }\n',
    );
    expect(exported).toEqual({ kind: 'unfit', because: 'a domain is one VM, and there are 2: select one of a.kvm.x, a.kvm.y' });
});
