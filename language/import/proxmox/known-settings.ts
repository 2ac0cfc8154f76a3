/** The settings that Proxmox VE 9 knows, without the number at their end; others it ignores with a warning. Sources: qm.conf(5), pct.conf(5). */

const shared =
    'arch cores cpulimit cpuunits description hookscript lock memory name nameserver net onboot ostype parent protection searchdomain snaptime startup tags template unused';
const ofVms =
    'acpi affinity agent allow-ksm amd-sev args audio autostart balloon bios boot bootdisk cdrom cicustom cipassword citype ciupgrade ciuser cpu efidisk freeze hostpci hotplug hugepages ide ' +
    'import-working-storage intel-tdx ipconfig ivshmem keephugepages keyboard kvm localtime machine meta migrate_downtime migrate_speed numa numa_hint parallel reboot rng running-nets-host-mtu ' +
    'runningcpu runningmachine sata scsi scsihw serial shares smbios smp sockets spice_enhancements sshkeys startdate tablet tdf tpmstate usb vcpus vga virtio virtiofs vmgenid vmstate ' +
    'vmstatestorage watchdog';
const ofContainers = 'cmode console debug dev entrypoint env features hostname mp rootfs swap timezone tty unprivileged';

const known: ReadonlySet<string> = new Set(`${shared} ${ofVms} ${ofContainers}`.split(' '));

export const isKnownSetting = (key: string): boolean => key.startsWith('lxc.') || known.has(key) || known.has(key.replace(/\d+$/, ''));
