/** The containers of a Pod, as they stand there. */
import { type DraftStatement, statement, text, word } from '../draft.ts';
import type { Located } from '../import-log.ts';
import type { Fields } from '../yaml/yaml-fields.ts';
import { tellUnknown } from './known-fields.ts';
import { readLabel } from './names.ts';
import { type ContainerResources, readResources } from './resources.ts';
import { type PodRights, readRights } from './security-context.ts';
import type { Volume } from './volumes.ts';

export interface PodContainer extends ContainerResources {
    readonly name: string;
    readonly origin: Located;
    /** Image, rights and mounts. */
    readonly statements: readonly DraftStatement[];
    readonly restart: 'always' | 'on-failure' | 'no';
}

export interface PodSurroundings {
    readonly rights: PodRights;
    readonly volumes: ReadonlyMap<string, Volume>;
    readonly isWindows: boolean;
    readonly restart: PodContainer['restart'];
}

const ports = { min: 1, max: 65_535 };

/** Those that begin first come first. */
export function readContainers(spec: Fields, pod: PodSurroundings): readonly PodContainer[] {
    const names = new Set<string>();
    const read = (fields: Fields, isInit: boolean): PodContainer => {
        const name = readLabel(fields, 'name', 'A container') ?? 'container';
        if (names.has(name)) {
            fields.refuse(fields.locate('name'), 'name', `A container before it is called ${name}, too`, 'Give each its own name.');
        }
        names.add(name);
        return readContainer(fields, name, isInit, pod);
    };
    const init = spec.maps('initContainers').map((fields) => read(fields, true));
    const main = spec.maps('containers').map((fields) => read(fields, false));
    if (main.length === 0 && (spec.value('containers')?.kind ?? 'list') === 'list') {
        spec.refuse(spec.has('containers') ? spec.locate('containers') : spec, 'required', 'A Pod must have a container', 'Add `containers`.');
    }
    return [...init, ...main];
}

function readContainer(fields: Fields, name: string, isInit: boolean, pod: PodSurroundings): PodContainer {
    const image = fields.text('image');
    if (!fields.has('image') || image?.trim() === '') {
        fields.refuse(fields, 'required', `The container ${name} has no image`, 'Add `image`.');
    } else if (image !== undefined && image !== image.trim()) {
        fields.refuse(fields.locate('image'), 'value', 'The image begins or ends with blanks', 'Take them out.');
    }
    const policy = fields.oneOf('restartPolicy', ['Always', 'OnFailure', 'Never']);
    const isSidecar = isInit && policy === 'Always';
    checkShapes(fields);
    const resources = readResources(fields);
    const statements = [
        ...(image === undefined ? [] : [statement('image', text(image))]),
        ...readRights(fields, pod.rights, pod.isWindows),
        ...readMounts(fields, pod.volumes),
    ];
    tellUnknown(fields, 'container');
    return {
        name,
        origin: fields,
        role: isSidecar ? 'sidecar' : isInit ? 'init' : 'main',
        resources,
        statements,
        restart: isSidecar ? 'always' : isInit && pod.restart === 'always' ? 'on-failure' : pod.restart,
    };
}

/** What is not carried over must be right all the same. It is read apart, so that it counts as unread. */
function checkShapes(container: Fields): void {
    const fields = container.apart();
    fields.texts('command');
    fields.texts('args');
    fields.text('workingDir');
    fields.oneOf('imagePullPolicy', ['Always', 'IfNotPresent', 'Never']);
    for (const port of fields.maps('ports')) {
        port.whole('hostPort', { min: 0, max: ports.max });
        if (port.whole('containerPort', ports) === undefined && !port.has('containerPort')) {
            port.refuse(port, 'required', 'A port must have a containerPort', 'Add `containerPort`.');
        }
    }
    for (const variable of fields.maps('env')) {
        variable.text('value');
        if (variable.text('name') === undefined && !variable.has('name')) {
            variable.refuse(variable, 'required', 'A variable must have a name', 'Add `name`.');
        }
    }
}

function readMounts(fields: Fields, volumes: ReadonlyMap<string, Volume>): readonly DraftStatement[] {
    const targets = new Set<string>();
    return fields.maps('volumeMounts').flatMap((mount) => {
        const name = mount.text('name');
        const target = mount.text('mountPath');
        const isReadOnly = mount.flag('readOnly') === true;
        const subPath = mount.text('subPath');
        mount.passOver('mountPropagation', 'recursiveReadOnly');
        if (name === undefined || target === undefined || target === '') {
            mount.refuse(mount, 'required', 'A mount must have the name of a volume and a mountPath', 'Add `name` and `mountPath`.');
            return [];
        }
        if (targets.has(target)) {
            mount.refuse(mount.locate('mountPath'), 'value', `Something is mounted at ${target} already`, 'Mount each elsewhere.');
        }
        targets.add(target);
        const volume = volumes.get(name);
        if (volume === undefined) {
            mount.refuse(mount.locate('name'), 'value', `The Pod has no volume ${JSON.stringify(name.slice(0, 60))}`, 'Add it under `volumes`.');
        }
        if (volume?.path === undefined) {
            return [];
        }
        const source = subPath === undefined ? volume.path : `${volume.path.replace(/\/$/, '')}/${subPath}`;
        return [statement('mount', text(source), text(target), ...(isReadOnly ? [word('ro')] : []))];
    });
}
