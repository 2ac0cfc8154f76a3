/** Every importer, in the order of the documentation. */
import { compose } from './compose/compose.ts';
import { dockerInspect } from './docker-inspect/docker-inspect.ts';
import type { Importer } from './importer.ts';
import { kubernetes } from './kubernetes/kubernetes.ts';
import { libvirt } from './libvirt/libvirt.ts';
import { proxmox } from './proxmox/proxmox.ts';
import { thisMachine } from './this-machine/this-machine.ts';

export const importers: readonly Importer[] = [compose, kubernetes, libvirt, proxmox, dockerInspect, thisMachine];

export const importerNamed = (name: string): Importer | undefined => importers.find((importer) => importer.name === name);
