/** Every importer, in the order of the documentation. */
import { compose } from './compose/compose.ts';
import type { Importer } from './importer.ts';
import { kubernetes } from './kubernetes/kubernetes.ts';
import { libvirt } from './libvirt/libvirt.ts';
import { proxmox } from './proxmox/proxmox.ts';

export const importers: readonly Importer[] = [compose, kubernetes, libvirt, proxmox];

export const importerNamed = (name: string): Importer | undefined => importers.find((importer) => importer.name === name);
