/** Domains of libvirt become virtual machines and containers on hosts that can carry them. */
import { describe, expect, test } from 'vitest';
import { bodyOf, complaintsAbout, importTexts } from '../../helpers/imports.ts';

const domain = (type: string, ...lines: readonly string[]) =>
    importTexts('libvirt', { 'a.xml': `<domain type='${type}'>\n<name>web</name>\n<memory unit='GiB'>4</memory>\n${lines.join('\n')}\n</domain>` });

describe('a domain', () => {
    test('is written with its CPUs, memory, disks and system', () => {
        const imported = domain(
            'kvm',
            '<metadata><libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0"><libosinfo:os id="http://debian.org/debian/12"/></libosinfo:libosinfo></metadata>',
            '<currentMemory unit="MiB">2048</currentMemory>',
            '<vcpu current="2" cpuset="0-3">4</vcpu>',
            '<cputune><shares>200</shares><period>100000</period><quota>50000</quota></cputune>',
            '<memoryBacking><hugepages/></memoryBacking>',
            '<os><type arch="x86_64" machine="q35">hvm</type></os>',
            '<cpu mode="host-passthrough"/>',
            '<on_crash>restart</on_crash>',
            '<devices><disk type="file" device="disk"><source file="/images/web.qcow2"/><target dev="vda"/><iotune><total_iops_sec>500</total_iops_sec></iotune></disk>',
            '<disk device="cdrom"><target dev="sda"/></disk></devices>',
        );
        expect(bodyOf(imported)).toBe(`// Domains do not say how large their host is: give it its \`cpu\` and \`memory\`.
host libvirt {
  label size "unknown"
  os linux

  hypervisor kvm {
    balloon on  // some guests are asked to do with less

    vm web {
      vcpus 2
      memory 4 GiB
      memory reserve 4 GiB  // made of huge pages, which are set aside
      cpu weight 200
      cpu limit 1 core
      os debian "12"
      nested on  // the CPU mode \`host-passthrough\` shows the guest the CPU’s virtualisation
      restart on-failure

      disk vda { label size "unknown"  iops 500 }
    }
  }
}
`);
        expect(complaintsAbout(imported.text)).toEqual([]);
        expect(imported.report).toEqual(
            expect.arrayContaining([
                '6 domain.vcpu chosen: 2 of at most 4 vCPUs are on: the text says those',
                '6 domain.vcpu.@cpuset not-carried-over: cpuset of vcpu is "0-3"',
                '12 domain.devices.disk chosen: The size of vda stands in its image /images/web.qcow2: the disk is written without one',
            ]),
        );
    });

    test.each([
        ["<memory unit='b'>1073741824</memory>", '1 GiB'],
        ["<memory unit='KB'>1024000</memory>", '1000000 KiB'],
        ["<memory unit='m'>512</memory>", '512 MiB'],
        ['<memory>1048576</memory>', '1 GiB'],
        ["<memory/><cpu><numa><cell memory='524288'/><cell memory='512' unit='MiB'/></numa></cpu>", '1 GiB'],
    ])('with %s has %s', (memory, written) => {
        expect(importTexts('libvirt', { 'a.xml': `<domain type='kvm'><name>a</name>${memory}</domain>` }).text).toMatch(new RegExp(`memory ${written}\\s`));
    });

    test('of a quota for each vCPU and one for all is bounded by the smaller', () => {
        const tuned = (tuning: string) => domain('kvm', '<vcpu>4</vcpu>', `<cputune>${tuning}</cputune>`).text;
        expect(tuned('<quota>50000</quota>')).toContain('cpu limit 2 cores');
        expect(tuned('<quota>50000</quota><global_quota>150000</global_quota>')).toContain('cpu limit 1.5 cores');
        expect(tuned('<quota>-1</quota><period>0</period>')).not.toContain('cpu limit');
    });

    test.each([
        ['qemu', 'hypervisor qemu {', 'host libvirt {'],
        ['xen', 'hypervisor xen {', 'host xen-host {'],
        ['vmware', 'hypervisor esxi {', 'host esxi-host {'],
        ['hyperv', 'hypervisor hyper-v {', 'host hyper-v-host {'],
        ['vbox', 'hypervisor virtualbox {', 'host libvirt {'],
        ['hvf', 'type hypervisor hvf { class kernel }', 'os macos'],
        ['bhyve', 'type hypervisor bhyve { class kernel }', 'os freebsd'],
        ['phyp', 'type hypervisor phyp { class native }', 'host phyp-host {'],
        ['test', 'type hypervisor test { class hosted }', 'host libvirt {'],
    ])('of type %s stands in %s', (type, hypervisor, host) => {
        const imported = domain(type);
        expect(imported.text).toContain(hypervisor);
        expect(imported.text).toContain(host);
        expect(complaintsAbout(imported.text)).toEqual([]);
    });

    test('for another architecture is translated where it can be, else has a host of its own', () => {
        const arm = '<os><type arch="aarch64">hvm</type></os>';
        expect(domain('qemu', arm).text).toContain('arch arm64\n    }\n  }\n}');
        expect(domain('kvm', arm).text).toContain('os linux\n  arch arm64');
        expect(domain('kvm', '<os><type arch="mips">hvm</type></os>').report.join()).toContain('The architecture mips is none that the language knows');
    });

    test('of LXC is a container, privileged unless it maps users', () => {
        const imported = domain(
            'lxc',
            '<cputune><shares>50</shares><quota>150000</quota></cputune>',
            '<devices><filesystem type="mount"><source dir="/srv"/><target dir="/data"/><readonly/></filesystem></devices>',
        );
        expect(imported.text).toContain(`  engine lxc {
    container web {
      cpu weight 50
      cpu limit 1.5 cores
      memory limit 4 GiB
      privileged on  // no \`idmap\`: root in it is root of the host
      mount "/srv" "/data" ro
    }
  }`);
        expect(complaintsAbout(imported.text)).toEqual([]);
        expect(domain('lxc', '<idmap/>').text).not.toContain('privileged');
    });

    test('that runs is read from where libvirt keeps it', () => {
        expect(importTexts('libvirt', { 'a.xml': "<domstatus><domain type='kvm'><name>a</name><memory>1</memory></domain></domstatus>" }).text).toContain(
            'vm a',
        );
    });
});

const bomb = `<!DOCTYPE lolz [<!ENTITY a "x">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "${'&a;'.repeat(10)}">`).join('')}]><domain type='kvm'><name>&a19;</name></domain>`;

describe('is refused at its place:', () => {
    test.each([
        ['a billion laughs', bomb, /^a\.xml:1:1 {2}xml-doctype/],
        ['an entity from elsewhere', '<!DOCTYPE d SYSTEM "file:///etc/passwd"><domain/>', /xml-doctype/],
        ['an entity of nobody', "<domain type='kvm'><name>&who;</name></domain>", /^a\.xml:1:\d+ domain\.name xml-syntax/],
        ['two documents', '<domain type="kvm"/>\n<domain type="kvm"/>', /^a\.xml:2:\d+ domain xml-syntax/],
        ['a tag that never ends', '<domain>\n<name>', /^a\.xml:2:\d+ domain\.name xml-syntax/],
        ['no XML', 'hello', /xml-syntax/],
        ['nothing', '', /^a\.xml:1:1 {2}xml-syntax/],
        ['nesting', '<a>'.repeat(50_000), /xml-size/],
        ['more elements than anything has', `<domain type='kvm'>${'<disk/>'.repeat(30_000)}</domain>`, /xml-size/],
        ['one attribute again and again', `<domain ${"a='1' ".repeat(30_000)}/>`, /xml-size/],
        ['a network', '<network><name>a</name></network>', /^a\.xml:1:1 network libvirt-kind This describes a network/],
        ['a snapshot', '<domainsnapshot><domain type="kvm"/></domainsnapshot>', /libvirt-kind This describes a domainsnapshot/],
        ['a type that does not exist', "<domain type='vapour'/>", /^a\.xml:1:1 domain libvirt-value/],
        ['no type', '<domain/>', /libvirt-value The domain has no type/],
        ['a name that is empty', "<domain type='kvm'><name/></domain>", /libvirt-value The name is empty/],
        ['a UUID that is none', "<domain type='kvm'><uuid>12</uuid></domain>", /domain\.uuid libvirt-value/],
        ['memory that is no number', "<domain type='kvm'><memory>NaN</memory></domain>", /domain\.memory libvirt-value/],
        ['a unit that does not exist', "<domain type='kvm'><memory unit='XB'>1</memory></domain>", /domain\.memory libvirt-value/],
        ['no vCPU', "<domain type='kvm'><memory>1</memory><vcpu>0</vcpu></domain>", /domain\.vcpu libvirt-value/],
        ['more vCPUs than there are', "<domain type='kvm'><memory>1</memory><vcpu current='3'>2</vcpu></domain>", /domain\.vcpu libvirt-value 3 vCPUs/],
        [
            'a period beyond its bounds',
            "<domain type='kvm'><memory>1</memory><cputune><quota>5000</quota><period>1</period></cputune></domain>",
            /cputune\.period libvirt-value/,
        ],
    ])('%s', (_, text, message) => {
        expect(importTexts('libvirt', { 'a.xml': text }).errors[0]).toMatch(message);
    });
});
