/** Every exporter, in the order of the documentation. */
import { composeExporter } from './compose/compose-exporter.ts';
import type { Exporter } from './exporter.ts';
import { kubernetesExporter } from './kubernetes/kubernetes-exporter.ts';
import { libvirtExporter } from './libvirt-exporter.ts';

export const exporters: readonly Exporter[] = [composeExporter, kubernetesExporter, libvirtExporter];

export const exporterNamed = (name: string): Exporter | undefined => exporters.find((exporter) => exporter.name === name);
