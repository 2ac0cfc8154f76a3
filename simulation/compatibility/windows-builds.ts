/** Which builds of Windows images share the kernel of which Windows. */
import type { OperatingSystem } from '../model/definitions.ts';
import type { OsChoice } from '../model/topology.ts';

/** A release of Windows, and the images that it runs with process isolation. */
export interface WindowsRelease {
    readonly name: string;
    readonly images: readonly string[];
}

/**
 * Process isolation, by release. Source: MicrosoftDocs/Virtualization-Documentation@77e0742, "Windows container version compatibility".
 * Build numbers: the same page, and "Windows Server release information", learn.microsoft.com.
 */
const releases: readonly (WindowsRelease & { readonly versions?: RegExp; readonly builds?: readonly [number, number] })[] = [
    { name: 'Windows Server 2025', versions: /\b2025\b/, images: ['2025', '2022'] },
    { name: 'Windows 11 24H2', versions: /^11 (?:24|25)H/i, images: ['2025', '2022'] },
    // The two share their kernel.
    { name: 'Windows Server 2025 or 11 24H2', builds: [26_100, Infinity], images: ['2025', '2022'] },
    { name: 'Windows Server 2022', versions: /\b2022\b/, builds: [20_348, 20_348], images: ['2022'] },
    { name: 'Windows Server 2019', versions: /\b2019\b/, builds: [17_763, 17_763], images: ['2019'] },
    { name: 'Windows Server 2016', versions: /\b2016\b/, builds: [14_393, 14_393], images: ['2016'] },
    { name: 'Windows 11', versions: /^11\b/, builds: [22_000, 26_099], images: ['2022'] },
    { name: 'Windows 10', versions: /^10\b/, builds: [10_240, 19_045], images: [] },
];

/** The release of a Windows system: by the version that the text names, else by the build of its kernel, as in `10.0.20348`. */
export function windowsRelease(choice: OsChoice | undefined, definition: OperatingSystem | undefined): WindowsRelease | undefined {
    if (definition?.family !== 'windows') return undefined;
    const version = choice?.version?.trim();
    if (version !== undefined) return releases.find(({ versions }) => versions?.test(version));
    const build = Number(/^10\.0\.(\d+)/.exec(definition.kernel ?? '')?.[1]);
    return releases.find(({ builds: [first, last] = [Infinity, 0] }) => build >= first && build <= last);
}

/** Whether there is such a release of images; of others nothing is known. */
export function isWindowsImageBuild(build: string): boolean {
    return releases.some(({ images }) => images.includes(build));
}
