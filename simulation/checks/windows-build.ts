/** A Windows image must be of a build that its host's kernel can run. */
import { isWindowsImageBuild, windowsRelease } from '../compatibility/windows-builds.ts';
import { at } from '../model/columns.ts';
import { imageFamily } from '../model/placement.ts';
import { type Check, running, subjectOf } from './check.ts';

/** Facts: `build`, the image's; `host`, the release of what it runs on; `runs`, the builds that this runs; `kernel`, the id of its machine. */
export const windowsBuild: Check = {
    code: 'windows-build',
    severity: 'error',
    title: 'A Windows image must be of a build that the Windows under it can run',
    explanation:
        "Windows containers share their host's kernel like any other, and its interface changes with each release: with process isolation, Windows Server 2025 runs images of 2025 and 2022, 2022 those of 2022, 2019 and 2016 their own, " +
        'Windows 11 those of 2022 (and 2025 from 24H2), Windows 10 none. In a VM of its own an image runs on any host that has a system of its build.',
    *run({ index }) {
        const { definitions } = index.topology;
        for (const [number, element] of running(index)) {
            if (element.kind !== 'container' || imageFamily(definitions, element) !== 'windows') continue;
            const build = definitions.images.get(element.image?.definition ?? '')?.build;
            const machine = index.elements[at(index.kernel, number)];
            if (build === undefined || (machine?.kind !== 'host' && machine?.kind !== 'vm')) continue;
            const release = windowsRelease(machine.os, definitions.operatingSystems.get(machine.os?.name ?? ''));
            if (release === undefined || !isWindowsImageBuild(build) || release.images.includes(build)) continue;
            const runs = release.images.length === 0 ? 'runs no images with its own kernel' : `runs images of ${release.images.join(' and ')}`;
            yield {
                code: windowsBuild.code,
                severity: 'error',
                subject: element.id,
                statement: 'image',
                message: `${subjectOf(element)} has an image of Windows ${build}, but ${machine.name} is ${release.name}, which ${runs}. Use an image of that build, or put ${element.name} into a VM with Windows Server ${build}.`,
                facts: { build, host: release.name, runs: release.images, kernel: machine.id },
                related: [{ subject: machine.id, statement: 'os', message: `${machine.name} is ${release.name}` }],
            };
        }
    },
};
