/** What engines for system containers do unasked and others do not. */
import { at } from '../model/columns.ts';
import { elementAt, type TopologyIndex } from '../model/topology-index.ts';

/**
 * LXC, Incus and Proxmox give each container a user namespace unless it is privileged, and put lxcfs over its /proc.
 * Sources: Incus, "About security", unprivileged by default; lxcfs, README; Proxmox VE, pct(1).
 */
export function isSystemContainer(index: TopologyIndex, number: number): boolean {
    return elementAt(index, at(index.engine, number), 'engine')?.type === 'lxc';
}
