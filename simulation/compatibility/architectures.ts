/** CPU architectures: their names, and which one a kernel runs on. */
import { at, none } from '../model/columns.ts';
import type { TopologyIndex } from '../model/topology-index.ts';

/** Architectures that Linux images are published for, by the names of the OCI image specification; its `386`, which is no name here, is `i386`. */
export const architectures: readonly string[] = ['amd64', 'arm64', 'arm', 'i386', 'loong64', 'mips64le', 'ppc64le', 'riscv64', 's390x'];

/** Other names that are in use for the same. */
const aliases: ReadonlyMap<string, string> = new Map([
    ['x86_64', 'amd64'],
    ['x86-64', 'amd64'],
    ['x64', 'amd64'],
    ['intel64', 'amd64'],
    ['aarch64', 'arm64'],
    ['armv8', 'arm64'],
    ['x86', 'i386'],
    ['i686', 'i386'],
    ['armhf', 'arm'],
    ['armv7', 'arm'],
    ['loongarch64', 'loong64'],
    ['power', 'ppc64le'],
    ['riscv', 'riscv64'],
]);

/** The name that was probably meant. */
export function architectureNamed(name: string): string | undefined {
    return aliases.get(name.toLowerCase()) ?? architectures.find((one) => one === name.toLowerCase());
}

/** The architecture of the machine that an element is, or stands on: a guest's own where it says so, else that of what carries it. */
export function architectureOf(index: TopologyIndex, number: number): string | undefined {
    for (let step = number; step !== none; step = at(index.carrier, step)) {
        const element = index.elements[step];
        if (element?.kind === 'host') return element.arch;
        if (element?.kind === 'vm' && element.arch !== undefined) return element.arch;
    }
    return undefined;
}

/**
 * Whether code for one architecture runs on the CPU of another as it is: 64-bit CPUs of a family run its 32-bit code.
 * Every amd64 CPU does (AMD64 Architecture Programmer's Manual, volume 1, §1.2, compatibility mode); of arm64, those that servers use today may not.
 */
export function runsOn(code: string, cpu: string): boolean {
    return code === cpu || (code === 'i386' && cpu === 'amd64');
}
